using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Serverless.Assets.Client;

/// <summary>Reads a list page by page. Throws rather than skip a page or an item.</summary>
/// <param name="check">
/// Throws a <see cref="MismatchedResponseException"/> if an item does not belong to the requested list.
/// </param>
internal sealed class ResourceList<T>(
    ApiConnection connection,
    string operation,
    Uri address,
    string subject,
    JsonTypeInfo<T[]> itemType,
    Action<T> check
)
{
    /// <summary>Far more than any Service has: a list that goes on is a defect of the service or a proxy.</summary>
    private const int MaxItems = 1_000_000;

    /// <summary>For comparison: a page of 1,000 Assets has about half a megabyte.</summary>
    private const int MaxPageBytes = 64 * 1024 * 1024;

    /// <summary>Reads the items of all pages, each page when its first item is requested.</summary>
    /// <param name="limit">The maximum number of items; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size or the limit is out of range.</exception>
    public IAsyncEnumerable<T> ReadAsync(int pageSize, int? limit, CancellationToken cancellationToken)
    {
        RequirePageSize(pageSize);
        ArgumentOutOfRangeException.ThrowIfNegative(limit ?? 0, nameof(limit));
        var items = EnumerateAsync(Math.Min(pageSize, Math.Max(limit ?? pageSize, 1)), cancellationToken);
        return limit is { } most ? items.Take(most) : items;
    }

    /// <summary>Reads all items with as few requests as possible.</summary>
    public async Task<IReadOnlyList<T>> ReadAllAsync(CancellationToken cancellationToken) =>
        await EnumerateAsync(PageSizes.Max, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Reads one page.</summary>
    /// <param name="pageToken">What the previous page returned; null means the first page.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of range.</exception>
    public async Task<ResourcePage<T>> ReadPageAsync(
        int pageSize,
        string? pageToken,
        CancellationToken cancellationToken
    )
    {
        RequirePageSize(pageSize);
        var query = string.Create(CultureInfo.InvariantCulture, $"?PageSize={pageSize}");
        if (pageToken is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(pageToken);
            query += $"&PageToken={Uri.EscapeDataString(pageToken)}";
        }

        var request = CreateRequest(new Uri(address, query));
        var (items, next) = await FetchAsync(request, cancellationToken).ConfigureAwait(false);
        return new ResourcePage<T>(items, next is null ? null : GetToken(request, next));
    }

    private async IAsyncEnumerable<T> EnumerateAsync(
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var next = new Uri(address, string.Create(CultureInfo.InvariantCulture, $"?PageSize={pageSize}"));
        var seen = new HashSet<Uri> { next };
        while (next is not null)
        {
            var request = CreateRequest(next);
            (var items, next) = await FetchAsync(request, cancellationToken).ConfigureAwait(false);
            if (next is not null && !seen.Add(next))
            {
                throw Broken(request, "its next page is one that has already been read");
            }

            if (seen.Count > MaxItems / pageSize)
            {
                throw Broken(request, $"the list has more than {MaxItems / pageSize} pages");
            }

            foreach (var item in items)
            {
                yield return item;
            }
        }
    }

    private ApiRequest CreateRequest(Uri page) =>
        ApiRequest.Get(operation, page, subject) with
        {
            MaxResponseBytes = MaxPageBytes,
        };

    private async Task<(T[] Items, Uri? Next)> FetchAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var page = await connection
            .SendAsync(request, ResourceJson.Default.PageBody, cancellationToken)
            .ConfigureAwait(false);
        if (page.Arrays?.GetValueOrDefault(page.Meta.Key) is not { ValueKind: JsonValueKind.Array } array)
        {
            throw Broken(request, $"the page has no list '{page.Meta.Key}'");
        }

        try
        {
            var items = array.Deserialize(itemType)!;
            if (Array.Exists(items, item => item is null))
            {
                throw new JsonException("an item is null");
            }

            Array.ForEach(items, check);
            return (items, page.Meta.NextPageUrl is { } next ? connection.GetNextPage(request.Address, next) : null);
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            throw Broken(
                request,
                broken is MismatchedResponseException
                    ? broken.Message
                    : "the items of the page do not have the expected format",
                broken
            );
        }
    }

    /// <summary>Gets the token of a page from its address.</summary>
    private static string GetToken(ApiRequest request, Uri page)
    {
        const string Parameter = "PageToken=";
        var token = page
            .Query.TrimStart('?')
            .Split('&')
            .FirstOrDefault(parameter => parameter.StartsWith(Parameter, StringComparison.Ordinal));
        return token?.Length > Parameter.Length
            ? Uri.UnescapeDataString(token[Parameter.Length..])
            : throw Broken(request, "the address of its next page has no PageToken");
    }

    private static ServerlessApiException Broken(ApiRequest request, string reason, Exception? inner = null) =>
        new(request, ApiFailure.Ambiguous, reason, inner);

    private static void RequirePageSize(int pageSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, PageSizes.Max);
    }
}

/// <summary>The sizes of pages.</summary>
internal static class PageSizes
{
    /// <summary>The service's own default.</summary>
    public const int Default = 50;

    /// <summary>The largest page that the service returns.</summary>
    public const int Max = 1000;
}
