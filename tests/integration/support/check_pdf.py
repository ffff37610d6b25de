"""Two checkers of PDF/A and PDF/UA that nobody here wrote.

usage: check_pdf.py PDF

pdfua reads the structure with pikepdf; page-validation has a reader and rules of its own for
PDF/UA-1 and PDF/A-2a. Prints what they find; exit status 1 where they find anything.
"""
import re
import subprocess
import sys

import page


def length_misread(path):
    """Whether page-validation takes the last byte of a stream for a part of the line end.

    A compressed stream may end with a carriage return; the line feed that Typst writes before
    `endstream` then looks like the second half of CR LF. True where every stream has its stated
    length and some stream ends so.
    """
    data = open(path, 'rb').read()
    ends = []
    for stated in re.finditer(rb'/Length (\d+)\b', data):
        begin = data.index(b'stream\n', stated.end()) + len(b'stream\n')
        end = begin + int(stated[1])
        if data[end:end + 10] != b'\nendstream':
            return False
        ends.append(data[end - 1:end])
    return b'\r' in ends


def main(path):
    found = []
    for profile in ('2a', 'ua1'):
        report = page.validate_pdf(path, profile=profile)
        failures = [f for f in report.failures
                    if not (f.rule_id.endswith('STREAM-LENGTH-001') and length_misread(path))]
        found += [f'page-validation {profile}: {f.rule_id} {f.message}' for f in failures]
        if not report.is_compliant and not report.failures:
            found.append(f'page-validation {profile}: not compliant')
    run = subprocess.run([sys.executable, '-m', 'pdfua', 'check', path], capture_output=True, text=True)
    if run.returncode != 0:
        found.append(f'pdfua: {run.stdout}{run.stderr}')
    print('\n'.join(found))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
