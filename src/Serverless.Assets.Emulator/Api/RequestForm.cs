using System.Globalization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>The fields of a request, url-encoded or multipart; with a file, if one came. Disposing drops the file.</summary>
internal sealed class RequestForm(IReadOnlyDictionary<string, List<string>> fields, IncomingContent? content)
    : IDisposable
{
    public static RequestForm Empty { get; } = new(new Dictionary<string, List<string>>(), null);

    public IncomingContent? Content => content;

    public string? Find(string name) => fields.TryGetValue(name, out var values) ? values[0] : null;

    public IReadOnlyList<string> All(string name) => fields.TryGetValue(name, out var values) ? values : [];

    /// <exception cref="ApiException">The field is missing or empty.</exception>
    public string Require(string name) => Find(name) is { Length: > 0 } value ? value : throw Missing(name);

    /// <exception cref="ApiException">The field is missing, empty or too long.</exception>
    public string Require(string name, int most)
    {
        var value = Require(name);
        return value.Length <= most ? value : throw TooLong(name, most);
    }

    /// <exception cref="ApiException">The field is there and neither <c>true</c> nor <c>false</c>.</exception>
    public bool? FindFlag(string name) =>
        Find(name) switch
        {
            null or "" => null,
            var text when bool.TryParse(text, out var flag) => flag,
            _ => throw ApiException.Invalid($"{name} is not a valid boolean"),
        };

    public static ApiException Missing(string name) =>
        ApiException.Invalid($"Missing required parameter {name} in the post body");

    public static ApiException TooLong(string name, int most) =>
        ApiException.Invalid(string.Create(CultureInfo.InvariantCulture, $"{name} is longer than {most} characters"));

    public void Dispose() => content?.Dispose();
}
