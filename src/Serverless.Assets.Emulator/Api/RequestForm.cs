using System.Globalization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// The fields of a request, and the file of an upload. Disposing deletes the file unless the
/// <see cref="ContentLibrary"/> keeps it.
/// </summary>
internal sealed class RequestForm(FormFields fields, IncomingContent? content, string? fileName = null) : IDisposable
{
    public static RequestForm Empty { get; } = new(new FormFields(), null);

    public FormFields Fields => fields;

    public IncomingContent? Content => content;

    /// <summary>The name of the file; null if there is no file or it has no name.</summary>
    public string? FileName => fileName;

    /// <summary>The value of a field, or null.</summary>
    /// <exception cref="ApiException">The field is repeated.</exception>
    public string? Find(string name) =>
        fields.FindAll(name) switch
        {
            [] => null,
            [var value] => value,
            _ => throw Repeated(name),
        };

    /// <summary>The <c>Path</c> of an upload; null for other requests.</summary>
    /// <exception cref="ApiException">The field is repeated.</exception>
    public string? FindUploadPath() => content is null ? null : Find("Path");

    /// <summary>All values of a field that can be repeated.</summary>
    public IReadOnlyList<string> FindAll(string name) => fields.FindAll(name);

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

    /// <exception cref="ApiException">
    /// The field is missing, empty or too long, or contains control characters.
    /// </exception>
    public string GetRequired(string name, int maxLength)
    {
        var value = GetRequired(name);
        if (value.Any(char.IsControl))
        {
            throw ApiException.Invalid($"{name} contains characters that are not allowed");
        }

        return value.Length <= maxLength ? value : throw TooLong(name, maxLength);
    }

    /// <summary>Checks a value that becomes part of a host name.</summary>
    /// <exception cref="ApiException">It contains other characters than letters, digits and dashes.</exception>
    public static void CheckLabel(string name, string value)
    {
        if (!value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw ApiException.Invalid($"{name} may only contain letters, digits and dashes");
        }
    }

    public static ApiException Missing(string name) =>
        ApiException.Invalid($"Missing required parameter {name} in the post body");

    public static ApiException Repeated(string name) =>
        ApiException.Invalid($"Parameter {name} occurs more than once in the post body");

    public static ApiException TooLong(string name, int maxLength) =>
        ApiException.Invalid(
            string.Create(CultureInfo.InvariantCulture, $"{name} is longer than {maxLength} characters")
        );

    public void Dispose() => content?.Dispose();
}
