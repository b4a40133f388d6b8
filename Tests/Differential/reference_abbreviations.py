"""Prints what the command line of disbatch 3.0 makes of every beginning of its long options.

    reference_abbreviations.py -     one line each: the beginning without its dashes, a tab, and
                                     `one` or `several`
"""
import argparse
import sys

from disbatch import disBatch


class Caught(Exception):
    pass


def catch(parser, *_):
    raise Caught(parser)


def refuse(message):
    raise ValueError(message)


def main():
    parse_args = argparse.ArgumentParser.parse_args
    argparse.ArgumentParser.parse_args = catch
    try:
        disBatch.main()
    except Caught as caught:
        parser = caught.args[0]
    parser.error = refuse
    names = [name[2:] for name in parser._option_string_actions if name.startswith('--')]
    beginnings = {name[:end] for name in names for end in range(1, len(name) + 1)}
    for beginning in sorted(beginnings - {'help'[:end] for end in range(1, 5)}):
        try:
            parse_args(parser, ['--' + beginning + '=1', '/dev/null'])
            found = 'one'
        except ValueError as error:
            found = 'several' if 'ambiguous' in str(error) else 'one'
        print(beginning, found, sep='\t')


main()
