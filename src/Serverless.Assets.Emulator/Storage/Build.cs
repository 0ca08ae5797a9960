namespace Serverless.Assets.Emulator.Storage;

/// <param name="Dependencies">JSON array of objects with <c>name</c> and <c>version</c>.</param>
/// <param name="Ready">When building ends, in success or not. Fixed at creation, so that a restart changes nothing.</param>
/// <param name="Fails">Whether it ends as <c>failed</c>.</param>
internal sealed record Build(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string Runtime,
    string Dependencies,
    DateTimeOffset Created,
    DateTimeOffset Ready,
    bool Fails
)
{
    public string StatusAt(DateTimeOffset now) =>
        now < Ready ? BuildStatus.Building
        : Fails ? BuildStatus.Failed
        : BuildStatus.Completed;
}
