"""Prints what disbatch 3.0 makes of task files, in the shape of `disbatch expand --format json`.

    reference_plan.py FOLDER        for each FOLDER/*.tasks, writes FOLDER/NAME.plan beside it

One process reads all files, because starting Python takes longer than reading one. A lower-case
START or STOP of a PERENGINE, over which disbatch 3.0 stumbles, is taken as meant.
"""
import base64
import json
import pathlib
import sys

from disbatch import disBatch


class AsMeant:
    """A pattern whose first group is what was meant: in upper case."""

    def __init__(self, pattern):
        self.pattern = pattern

    def match(self, line):
        found = self.pattern.match(line)
        return found and AsMeantMatch(found)


class AsMeantMatch:
    def __init__(self, found):
        self.found = found

    def groups(self):
        when, command = self.found.groups()
        return when.upper(), command


def put_command(item, command):
    try:
        item['command'] = command.decode('utf-8')
    except UnicodeDecodeError:
        item['commandBase64'] = base64.b64encode(command).decode('ascii')


def plan_items(path):
    with open(path, 'rb') as lines:
        for task in disBatch.TaskGenerator(lines):
            if task.kind == 'P':
                # The lists of per-engine commands end with a marker of their own.
                if task.taskCmd == b'#ENDLIST':
                    continue
                when = 'start' if ' START ' in task.taskKey else 'stop'
                item = {'kind': 'perengine', 'when': when, 'index': task.taskId}
                item['line'] = task.taskStreamIndex
                put_command(item, task.taskCmd)
            elif task.kind in 'BC':
                key = task.bKey.decode('utf-8', 'replace') if task.bKey else None
                item = {'kind': 'barrier', 'id': task.taskId, 'line': task.taskStreamIndex}
                item.update(check=task.kind == 'C', key=key)
            else:
                item = {'kind': 'task', 'id': task.taskId, 'line': task.taskStreamIndex}
                item['repeat'] = task.taskRepIndex
                put_command(item, task.taskCmd)
            yield item


def main():
    disBatch.logger.disabled = True
    disBatch.dbperengine = AsMeant(disBatch.dbperengine)
    for path in sorted(pathlib.Path(sys.argv[1]).glob('*.tasks')):
        with open(path.with_suffix('.plan'), 'w', encoding='ascii') as plan:
            for item in plan_items(path):
                plan.write(json.dumps(item) + '\n')


main()
