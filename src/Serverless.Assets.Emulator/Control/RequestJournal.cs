using System.Collections.Concurrent;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Control;

/// <summary>The requests since the start or the last reset, in the order of their responses. Thread-safe.</summary>
/// <param name="isKept">False for the program, which can run all day and has no use for them.</param>
internal sealed class RequestJournal(bool isKept)
{
    private readonly ConcurrentQueue<EmulatorRequest> _requests = new();

    public IReadOnlyList<EmulatorRequest> Requests => [.. _requests];

    /// <summary>Creates the entry of a request whose form has been read.</summary>
    /// <returns>Null if requests are not kept.</returns>
    public async Task<EmulatorRequest?> ReadAsync(
        HttpRequest request,
        ApiOperation operation,
        RequestForm form,
        CancellationToken cancellationToken
    ) =>
        isKept
            ? Create(request, operation) with
            {
                Fields = form.Fields.ToDictionary(),
                FileName = form.FileName,
                ContentType = form.Content?.ContentType,
                Content = await ReadAsync(form.Content, cancellationToken),
            }
            : null;

    /// <param name="entry">Null: the form was not read.</param>
    /// <param name="response">Null: there is none.</param>
    public void Add(HttpRequest request, ApiOperation operation, EmulatorRequest? entry, ApiResponse? response)
    {
        if (isKept)
        {
            var status = response is null or { Delivery: Delivery.None } ? (int?)null : response.Status;
            _requests.Enqueue((entry ?? Create(request, operation)) with { Status = status });
        }
    }

    public void Clear() => _requests.Clear();

    private static EmulatorRequest Create(HttpRequest request, ApiOperation operation) =>
        new(operation.Name, request.Method, request.Path, Status: null);

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        IncomingContent? content,
        CancellationToken cancellationToken
    )
    {
        if (content is null)
        {
            return null;
        }

        await using var stream = content.OpenRead();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return new ReadOnlyMemory<byte>(bytes.ToArray());
    }
}
