"""Prints what the parser of disbatch 3.0 reads in a status file, one JSON object a row.

    reference_status.py FILE        fields by the parser's own names, plus `line`, the row as it
                                    would write it again, and `kind`
"""
import json
import sys

from disbatch import disBatch


def main():
    with open(sys.argv[1], encoding='utf-8', newline='\n') as rows:
        for row in rows:
            row = row.rstrip('\n')
            report = disBatch.TaskReport(row)
            if report.taskInfo is None:
                print(json.dumps({'unreadable': row}))
                continue
            fields = report.reportDict()
            fields['TaskCmd'] = fields['TaskCmd'].decode('utf-8', 'replace')
            fields['kind'] = report.taskInfo.kind
            fields['line'] = str(report)
            print(json.dumps(fields))


main()
