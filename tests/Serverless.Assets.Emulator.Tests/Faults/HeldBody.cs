using System.Net;

namespace Serverless.Assets.Emulator.Tests.Faults;

/// <summary>A form that keeps its request in flight until the test releases it.</summary>
internal sealed class HeldBody : ByteArrayContent
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldBody(string form)
        : base(System.Text.Encoding.ASCII.GetBytes(form)) =>
        Headers.ContentType = new("application/x-www-form-urlencoded");

    public void Release() => _released.SetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync(TestEmulator.Token); // sends the head of the request
        await _released.Task.WithinAsync("the release of the request");
        await base.SerializeToStreamAsync(stream, context);
    }

    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    ) => SerializeToStreamAsync(stream, context);
}
