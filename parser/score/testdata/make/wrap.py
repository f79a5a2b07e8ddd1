"""Line breaking of plain text: by columns, a Chinese character being two."""

import unicodedata


def width(char):
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def fold(text, columns):
    """Hard pieces of at most so many columns, at any character."""
    pieces, piece, used = [], "", 0
    for char in text:
        if used + width(char) > columns and piece:
            pieces.append(piece)
            piece, used = "", 0
        piece += char
        used += width(char)
    return pieces + [piece]


def flowed(text, columns=72):
    """The pieces of a paragraph as format=flowed with DelSp: all but the last end in a blank that goes away."""
    pieces = fold(text, columns)
    return [p + " " for p in pieces[:-1]] + pieces[-1:]
