namespace Serverless.Assets.Files;

/// <summary>What tells whether a file is still the one that was read, without reading it again.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="LastWrite">As the file system gives it, in UTC.</param>
/// <param name="Identity">Changes when another file is moved to the path: see <see cref="FileIdentity"/>.</param>
internal sealed record FileStamp(long Length, DateTime LastWrite, string Identity);
