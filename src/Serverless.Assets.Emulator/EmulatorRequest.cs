using Microsoft.Extensions.Primitives;

namespace Serverless.Assets.Emulator;

/// <summary>A request to the REST API or the upload endpoint, in <see cref="ServerlessEmulator.Requests"/>.</summary>
/// <param name="Operation">The resource and the action, for instance <c>Asset.List</c>.</param>
/// <param name="Method">For instance <c>POST</c>.</param>
/// <param name="Path">The path of the URL, without the query.</param>
/// <param name="Status">
/// The HTTP status of the response; null if a fault setting closed the connection or left it without a response.
/// </param>
public sealed record EmulatorRequest(string Operation, string Method, string Path, int? Status)
{
    /// <summary>
    /// The fields of the form by name, without the file of an upload. Empty if the emulator responded before it read
    /// the form.
    /// </summary>
    public IReadOnlyDictionary<string, StringValues> Fields { get; init; } =
        new Dictionary<string, StringValues>(StringComparer.Ordinal);

    /// <summary>The name of the uploaded file; null if there is none.</summary>
    public string? FileName { get; init; }

    /// <summary>The content type of the uploaded file; null if there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The content of the uploaded file; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }
}
