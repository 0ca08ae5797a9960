namespace Serverless.Assets.Cli.Output;

/// <summary>
/// The files that a shell has redirected the output to: <c>serverless-assets upload . --json &gt; result.json</c>
/// creates an empty file before the program starts.
/// </summary>
internal static class RedirectedFiles
{
    private static readonly string[] Streams = ["/proc/self/fd/1", "/proc/self/fd/2"];

    /// <returns>
    /// Full paths of the files behind standard output and standard error. Only Linux shows them; elsewhere, such a file
    /// is reported because it is empty.
    /// </returns>
    public static IReadOnlyList<string> Find() =>
        OperatingSystem.IsLinux()
            ?
            [
                .. Streams
                    .Select(FindTarget)
                    .OfType<string>()
                    .Where(path => Path.IsPathFullyQualified(path) && File.Exists(path)),
            ]
            : [];

    /// <returns>Something that is not a path if the stream is a pipe.</returns>
    private static string? FindTarget(string stream)
    {
        try
        {
            return new FileInfo(stream).LinkTarget;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // /proc is not available
        }
    }
}
