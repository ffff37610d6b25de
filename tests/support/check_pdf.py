"""Two checkers of PDF/A and PDF/UA that nobody here wrote.

usage: check_pdf.py PDF

pdfua reads the structure with pikepdf; page-validation has a reader and rules of its own for
PDF/UA-1 and PDF/A-2a. Prints what they find; exit status 1 where they find anything.
"""
import subprocess
import sys

import page


def main(path):
    found = []
    for profile in ('2a', 'ua1'):
        report = page.validate_pdf(path, profile=profile)
        found += [f'page-validation {profile}: {f.rule_id} {f.message}' for f in report.failures]
        if not report.is_compliant and not report.failures:
            found.append(f'page-validation {profile}: not compliant')
    run = subprocess.run([sys.executable, '-m', 'pdfua', 'check', path], capture_output=True, text=True)
    if run.returncode != 0:
        found.append(f'pdfua: {run.stdout}{run.stderr}')
    print('\n'.join(found))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
