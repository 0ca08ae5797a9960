namespace Serverless.Assets.Emulator.Storage;

/// <summary>A content that was received and is not kept yet; disposing deletes what is left of it.</summary>
internal sealed record IncomingContent(string File, string Sha256, long Size, string ContentType) : IDisposable
{
    public void Dispose() => System.IO.File.Delete(File);
}
