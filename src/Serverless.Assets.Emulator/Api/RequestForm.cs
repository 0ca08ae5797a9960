using System.Globalization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// The fields of a request, and the file of an upload. Disposing deletes the file unless the
/// <see cref="ContentStore"/> keeps it.
/// </summary>
internal sealed class RequestForm(IReadOnlyDictionary<string, List<string>> fields, IncomingContent? content)
    : IDisposable
{
    public static RequestForm Empty { get; } = new(new Dictionary<string, List<string>>(), null);

    public IncomingContent? Content => content;

    /// <summary>The first value of a field, or null.</summary>
    public string? Find(string name) => fields.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>All values of a field that can be repeated.</summary>
    public IReadOnlyList<string> FindAll(string name) => fields.TryGetValue(name, out var values) ? values : [];

    /// <exception cref="ApiException">The field is neither <c>true</c> nor <c>false</c>.</exception>
    public bool? FindFlag(string name) =>
        Find(name) switch
        {
            null or "" => null,
            var text when bool.TryParse(text, out var flag) => flag,
            _ => throw ApiException.Invalid($"{name} is not a valid boolean"),
        };

    /// <exception cref="ApiException">The field is missing or empty.</exception>
    public string GetRequired(string name) => Find(name) is { Length: > 0 } value ? value : throw Missing(name);

    /// <exception cref="ApiException">The field is missing, empty or too long.</exception>
    public string GetRequired(string name, int maxLength)
    {
        var value = GetRequired(name);
        return value.Length <= maxLength ? value : throw TooLong(name, maxLength);
    }

    public static ApiException Missing(string name) =>
        ApiException.Invalid($"Missing required parameter {name} in the post body");

    public static ApiException TooLong(string name, int maxLength) =>
        ApiException.Invalid(
            string.Create(CultureInfo.InvariantCulture, $"{name} is longer than {maxLength} characters")
        );

    public void Dispose() => content?.Dispose();
}
