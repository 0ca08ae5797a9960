using System.Globalization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>Pages in addresses: <c>PageSize</c>, <c>Page</c> and <c>PageToken</c> (a row number and the way to go from it).</summary>
internal static class PageAddress
{
    private const string Onward = "PA";
    private const string Back = "PB";

    /// <summary>The page that is asked for, from 0; 0 for what is not a number.</summary>
    public static int NumberOf(HttpRequest request) =>
        int.TryParse(request.Query["Page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <exception cref="ApiException">The size is out of range, or the token is not one.</exception>
    public static PageCursor Parse(HttpRequest request)
    {
        var size = Limits.PageSize;
        if (
            request.Query["PageSize"].ToString() is { Length: > 0 } text
            && (
                !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size)
                || size is < 1 or > Limits.MostPageSize
            )
        )
        {
            throw ApiException.Invalid($"PageSize must be between 1 and {Limits.MostPageSize}");
        }

        var cursor = new PageCursor(NumberOf(request), size, Before: null, After: null);
        var token = request.Query["PageToken"].ToString();
        if (token.Length == 0)
        {
            return cursor;
        }

        var isRow = long.TryParse(
            token.AsSpan(Math.Min(2, token.Length)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var row
        );
        return token switch
        {
            _ when isRow && token.StartsWith(Onward, StringComparison.Ordinal) => cursor with { Before = row },
            _ when isRow && token.StartsWith(Back, StringComparison.Ordinal) => cursor with { After = row },
            _ => throw ApiException.Invalid("PageToken is not valid"),
        };
    }

    public static string First(string list, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}?PageSize={size}&Page=0");

    public static string Next(string list, int size, int number, long last) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{list}?PageSize={size}&Page={number + 1}&PageToken={Onward}{last}"
        );

    public static string Previous(string list, int size, int number, long first) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{list}?PageSize={size}&Page={number - 1}&PageToken={Back}{first}"
        );
}
