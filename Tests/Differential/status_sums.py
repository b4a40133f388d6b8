"""Sums of status files, computed without disbatch: one JSON object for each file.

    status_sums.py FILE...      times in milliseconds; `nodes` and `stages` by rows that count
"""
import json
import sys


def milliseconds(text):
    whole, _, decimals = text.partition('.')
    return int(whole) * 1000 + int((decimals + '000')[:3])


def share():
    return {'tasks': 0, 'failed': 0, 'busy': 0, 'start': None, 'finish': None}


def add(share, failed, elapsed, start, finish):
    share['tasks'] += 1
    share['failed'] += failed
    share['busy'] += elapsed
    share['start'] = start if share['start'] is None else min(share['start'], start)
    share['finish'] = finish if share['finish'] is None else max(share['finish'], finish)


def closed(share):
    wall = share['finish'] - share['start'] if share['tasks'] else 0
    return {'tasks': share['tasks'], 'failed': share['failed'], 'busy': share['busy'], 'wall': wall}


def sums(path):
    codes, nodes, stages, total, stage = {}, {}, [], share(), share()
    count = dict.fromkeys(['skipped', 'uncounted', 'barriers', 'perengine', 'perengineFailed'], 0)
    leaked = 0
    with open(path, encoding='utf-8', errors='replace', newline='\n') as rows:
        for row in rows:
            fields = row.rstrip('\n').split('\t', 14)
            if fields[0].startswith('ROE['):
                continue
            flags, task, code = fields[0], int(fields[1]), int(fields[6])
            if flags[0] in 'BC':
                count['barriers'] += 1
                if stage['tasks']:
                    stages.append(closed(stage))
                stage = share()
                continue
            kind = flags[3]
            if kind == 'P':
                count['perengine'] += 1
                count['perengineFailed'] += code != 0
            elif kind == 'Z':
                count['uncounted'] += 1
            else:
                if codes.get(task) != 0:
                    codes[task] = code
                if kind == 'S':
                    count['skipped'] += 1
                    continue
                leaked += int(fields[10]) + int(fields[12])
                times = [milliseconds(fields[place]) for place in (7, 8, 9)]
                for part in (total, stage, nodes.setdefault(fields[4], share())):
                    add(part, code != 0, *times)
    if stage['tasks']:
        stages.append(closed(stage))
    lost = sum(code == -100 for code in codes.values())
    failed = sum(code != 0 for code in codes.values())
    return {
        'done': len(codes) - failed, 'failed': failed - lost, 'lost': lost, **count,
        'leakedBytes': leaked, 'all': closed(total), 'stages': stages,
        'nodes': {name: closed(node) for name, node in nodes.items()},
    }


for path in sys.argv[1:]:
    print(json.dumps(sums(path)))
