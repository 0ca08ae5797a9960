using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// Parses the page parameters of a request (<c>PageSize</c>, <c>Page</c>, <c>PageToken</c>) and creates the response of
/// a list. A token consists of a direction and a row ID.
/// </summary>
internal static class Paging
{
    private const string Forward = "PA";
    private const string Backward = "PB";

    /// <summary>Gets the page number, starting at 0; 0 if the parameter is not a number.</summary>
    public static int GetPageNumber(HttpRequest request) =>
        int.TryParse(request.Query["Page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <summary>
    /// Lists rows as JSON: an array with the given name, and <c>meta</c> with the URLs of other pages.
    /// </summary>
    /// <param name="read">Reads the rows of a page.</param>
    /// <param name="describe">Creates the response record of a row.</param>
    /// <param name="filters">The names of the other parameters that select rows. The URLs of pages keep them.</param>
    /// <exception cref="ApiException">The page size is out of range, or the token is invalid.</exception>
    public static ApiResponse List<TRow, TResponse>(
        ApiCall call,
        string arrayName,
        Func<PageCursor, Page<TRow>> read,
        Func<TRow, ApiCall, TResponse> describe,
        params IReadOnlyList<string> filters
    )
    {
        var cursor = ParseCursor(call.Request);
        var page = read(cursor);
        var items = page.Items.Select(row =>
            JsonSerializer.SerializeToNode(describe(row, call), typeof(TResponse), ApiJson.Default)
        );
        var urls = new PageUrls($"{call.Origin}{call.Request.Path}", GetQuery(call.Request, filters), cursor.Size);
        var meta = PageMeta.Create(urls, arrayName, cursor, page);
        return ApiResponse.Ok(
            new JsonObject
            {
                [arrayName] = new JsonArray([.. items]),
                ["meta"] = JsonSerializer.SerializeToNode(meta, ApiJson.Default.PageMeta),
            }
        );
    }

    /// <summary>The filters of a request, each followed by an ampersand.</summary>
    private static string GetQuery(HttpRequest request, IReadOnlyList<string> filters) =>
        string.Concat(
            filters
                .Where(filter => request.Query[filter].Count > 0)
                .Select(filter => $"{filter}={Uri.EscapeDataString(request.Query[filter].ToString())}&")
        );

    /// <summary>The parameter with the token of a page; empty if it has none.</summary>
    public static string FormatToken(PageCursor? cursor) =>
        cursor switch
        {
            { Before: { } id } => string.Create(CultureInfo.InvariantCulture, $"&PageToken={Forward}{id}"),
            { After: { } id } => string.Create(CultureInfo.InvariantCulture, $"&PageToken={Backward}{id}"),
            _ => "",
        };

    private static PageCursor ParseCursor(HttpRequest request)
    {
        var size = ServiceLimits.DefaultPageSize;
        if (
            request.Query["PageSize"].ToString() is { Length: > 0 } text
            && (
                !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size)
                || size is < 1 or > ServiceLimits.MaxPageSize
            )
        )
        {
            throw ApiException.Invalid($"PageSize must be between 1 and {ServiceLimits.MaxPageSize}");
        }

        var cursor = new PageCursor(GetPageNumber(request), size, Before: null, After: null);
        var token = request.Query["PageToken"].ToString();
        if (token.Length == 0)
        {
            return cursor;
        }

        var hasId = long.TryParse(
            token.AsSpan(Math.Min(2, token.Length)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var id
        );
        return token switch
        {
            _ when hasId && token.StartsWith(Forward, StringComparison.Ordinal) => cursor with { Before = id },
            _ when hasId && token.StartsWith(Backward, StringComparison.Ordinal) => cursor with { After = id },
            _ => throw ApiException.Invalid("PageToken is not valid"),
        };
    }
}

/// <summary>Creates the URLs of the pages of a list.</summary>
/// <param name="Query">The parameters that all pages have, each followed by an ampersand.</param>
internal sealed record PageUrls(string List, string Query, int Size)
{
    /// <summary>The page of a cursor; null is the first page.</summary>
    public string Create(PageCursor? cursor) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{List}?{Query}PageSize={Size}&Page={cursor?.Number ?? 0}{Paging.FormatToken(cursor)}"
        );
}

/// <summary>The <c>meta</c> object of a list.</summary>
internal sealed record PageMeta(
    string FirstPageUrl,
    string Key,
    string? NextPageUrl,
    int Page,
    int PageSize,
    string? PreviousPageUrl,
    string Url
)
{
    public static PageMeta Create<T>(PageUrls urls, string key, PageCursor cursor, Page<T> page) =>
        new(
            urls.Create(null),
            key,
            page.HasNext ? urls.Create(cursor.GetNext(page.LastId)) : null,
            cursor.Number,
            cursor.Size,
            page.HasPrevious ? urls.Create(cursor.GetPrevious(page.FirstId)) : null,
            urls.Create(cursor)
        );
}
