using Microsoft.Extensions.Primitives;

namespace Serverless.Assets.TestSupport;

/// <summary>A request to the API and its response, both complete.</summary>
internal sealed record HttpExchange(string Method, string Path, int Status)
{
    public static IReadOnlyDictionary<string, StringValues> NoFields { get; } = new Dictionary<string, StringValues>();

    public IReadOnlyDictionary<string, StringValues> Query { get; init; } = NoFields;

    /// <summary>The fields of a URL-encoded form; null if the body is of another type.</summary>
    public IReadOnlyDictionary<string, StringValues>? Fields { get; init; } = NoFields;

    /// <summary>The content type of the response, without parameters; null if there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body of the response.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public bool IsSuccess => Status is >= 200 and <= 299;

    public override string ToString() => $"{Method} {Path} → {Status}";
}
