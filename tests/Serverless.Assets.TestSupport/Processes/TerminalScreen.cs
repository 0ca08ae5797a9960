using System.Globalization;
using System.Text.RegularExpressions;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// What a terminal shows after a program has written to it. Supports the few control sequences that the tool uses.
/// </summary>
internal sealed partial class TerminalScreen
{
    private readonly List<string> _rows = [""];
    private int _row;
    private int _column;

    private TerminalScreen() { }

    public bool IsCursorVisible { get; private set; } = true;

    /// <summary>The rows without trailing white space and without empty rows at the end.</summary>
    public string Text => string.Join('\n', _rows.Select(row => row.TrimEnd())).TrimEnd('\n');

    /// <param name="width">Columns of the terminal; longer lines continue in the next row.</param>
    public static TerminalScreen From(string written, int width)
    {
        var screen = new TerminalScreen();
        foreach (Match part in Parts().Matches(written))
        {
            screen.Apply(part, width);
        }

        return screen;
    }

    private void Apply(Match part, int width)
    {
        switch (part.Value)
        {
            case "\r":
                _column = 0;
                break;
            case "\n": // a terminal also returns to the first column, unless it is in raw mode
                (_row, _column) = (_row + 1, 0);
                break;
            case "\e[?25l":
                IsCursorVisible = false;
                break;
            case "\e[?25h":
                IsCursorVisible = true;
                break;
            case "\e[2K":
                Grow();
                _rows[_row] = "";
                break;
            case ['\e', '[', .. var count, 'A']:
                _row = Math.Max(0, _row - int.Parse(count, CultureInfo.InvariantCulture));
                break;
            case ['\e', .., 'm'] or "\e[?1h" or "\e[?1l" or "\e=" or "\e>": // colors and keyboard modes
                break;
            case ['\e', ..]:
                throw new NotSupportedException($"'{part.Value[1..]}' is not a supported control sequence.");
            default:
                Write(part.Value[0], width);
                break;
        }
    }

    private void Write(char letter, int width)
    {
        if (_column == width)
        {
            (_row, _column) = (_row + 1, 0);
        }

        Grow();
        var row = _rows[_row].PadRight(_column + 1);
        _rows[_row] = string.Concat(row.AsSpan(0, _column), [letter], row.AsSpan(_column + 1));
        _column++;
    }

    private void Grow()
    {
        while (_rows.Count <= _row)
        {
            _rows.Add("");
        }
    }

    [GeneratedRegex(@"\e[=>]|\e\[\??[0-9;]*[A-Za-z]|.|\n", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Parts();
}
