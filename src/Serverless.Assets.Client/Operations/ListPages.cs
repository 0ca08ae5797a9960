using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Serverless.Assets.Client;

/// <summary>Reads a list page by page. Throws rather than skip a page or an item.</summary>
internal sealed class ListPages(ApiConnection connection, string operation, Uri address, string subject)
{
    /// <summary>The service's own default.</summary>
    public const int DefaultSize = 50;

    /// <summary>The largest page that the service returns.</summary>
    public const int MaxSize = 1000;

    /// <summary>Far more than any Service has: a list that goes on is a defect of the service or a proxy.</summary>
    private const int MaxPages = 1000;

    /// <summary>For comparison: a page of 1,000 Assets has about half a megabyte.</summary>
    private const int MaxPageBytes = 64 * 1024 * 1024;

    /// <param name="check">
    /// Throws a <see cref="MismatchedResponseException"/> if an item does not belong to the requested list.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The page size or the limit is out of range.</exception>
    public IAsyncEnumerable<T> ReadAsync<T>(
        JsonTypeInfo<T[]> itemType,
        Action<T> check,
        int pageSize,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaxSize);
        ArgumentOutOfRangeException.ThrowIfNegative(limit ?? 0, nameof(limit));
        var items = EnumerateAsync(
            itemType,
            check,
            Math.Min(pageSize, Math.Max(limit ?? pageSize, 1)),
            cancellationToken
        );
        return limit is { } most ? items.Take(most) : items;
    }

    private async IAsyncEnumerable<T> EnumerateAsync<T>(
        JsonTypeInfo<T[]> itemType,
        Action<T> check,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var next = new Uri(address, string.Create(CultureInfo.InvariantCulture, $"?PageSize={pageSize}"));
        var seen = new HashSet<Uri> { next };
        while (next is not null)
        {
            var request = ApiRequest.Get(operation, next, subject) with { MaxResponseBytes = MaxPageBytes };
            var page = await connection
                .SendAsync(request, ResourceJson.Default.PageBody, cancellationToken)
                .ConfigureAwait(false);
            (var items, next) = Parse(request, page, itemType, check);
            if (next is not null && !seen.Add(next))
            {
                throw new ServerlessApiException(
                    request,
                    ApiFailure.Ambiguous,
                    "its next page is one that has already been read"
                );
            }

            if (seen.Count > MaxPages)
            {
                throw new ServerlessApiException(
                    request,
                    ApiFailure.Ambiguous,
                    $"the list has more than {MaxPages} pages"
                );
            }

            foreach (var item in items)
            {
                yield return item;
            }
        }
    }

    private (T[] Items, Uri? Next) Parse<T>(
        ApiRequest request,
        PageBody page,
        JsonTypeInfo<T[]> itemType,
        Action<T> check
    )
    {
        if (page.Arrays?.GetValueOrDefault(page.Meta.Key) is not { ValueKind: JsonValueKind.Array } array)
        {
            throw new ServerlessApiException(request, ApiFailure.Ambiguous, $"the page has no list '{page.Meta.Key}'");
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
            throw new ServerlessApiException(
                request,
                ApiFailure.Ambiguous,
                broken is MismatchedResponseException
                    ? broken.Message
                    : "the items of the page do not have the expected format",
                broken
            );
        }
    }
}
