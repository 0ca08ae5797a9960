using System.Globalization;
using System.Runtime.Versioning;
using Serverless.Assets.Client;

namespace Serverless.Assets.Files;

/// <summary>
/// The folder of a user's lock files. Other users must not be able to put a file or a link into it, and a run with the
/// rights of another user, as with <c>sudo</c>, leaves no files in it.
/// </summary>
internal static class LockFolder
{
    private const string Product = "serverless-assets";
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Below the user's own folder for application data.</summary>
    public static string? UserFolder { get; } =
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify
        )
            is { Length: > 0 } data
        && Path.IsPathFullyQualified(data)
            ? Path.Combine(data, Product, "locks")
            : TemporaryFolder;

    /// <summary>
    /// The alternative to <see cref="UserFolder"/> if the home folder is read-only or belongs to another user. Null
    /// on Windows, where neither happens.
    /// </summary>
    private static string? TemporaryFolder =>
        FileStatus.CurrentUser is { } user
            ? Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{Product}-{user}"))
            : null;

    /// <summary>Creates the folder if necessary, and checks it; if it can't be used, the temporary one.</summary>
    /// <param name="preferred">Full path.</param>
    public static LockFolderResult Prepare(string preferred)
    {
        // A folder in another user's home would keep that user from creating one.
        var result =
            GetOwnerOfNearest(preferred) == FileStatus.CurrentUser
                ? TryCreate(preferred)
                : new LockFolderResult(null, "it belongs to another user", IsForeign: true);
        return
            result.Folder is null
            && TemporaryFolder is { } temporary
            && TryCreate(temporary) is { Folder: not null } substitute
            ? substitute
            : result;
    }

    private static LockFolderResult TryCreate(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return new LockFolderResult(folder);
            }

            string[] own = IsOurs(Path.GetDirectoryName(folder)) ? [Path.GetDirectoryName(folder)!, folder] : [folder];
            foreach (var part in own)
            {
                // Checked before, because a link would be followed, and afterwards, because another user may be faster.
                if ((FindProblem(part) ?? FindProblemOfNew(part)) is { } problem)
                {
                    return new LockFolderResult(null, problem, IsForeign: true);
                }
            }

            return new LockFolderResult(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new LockFolderResult(null, failure.Message);
        }
    }

    /// <summary>Gets the owner of the folder, or of the one in which it would be created.</summary>
    private static uint? GetOwnerOfNearest(string folder)
    {
        for (var nearest = folder; nearest is not null; nearest = Path.GetDirectoryName(nearest))
        {
            if (FileStatus.GetOwner(nearest) is { } owner)
            {
                return owner;
            }
        }

        return null;
    }

    private static bool IsOurs(string? folder) => Path.GetFileName(folder) == Product;

    [UnsupportedOSPlatform("windows")]
    private static string? FindProblemOfNew(string folder)
    {
        Directory.CreateDirectory(folder, OnlyOwner);
        return FindProblem(folder);
    }

    /// <returns>Null if there is none, or no folder yet.</returns>
    [UnsupportedOSPlatform("windows")]
    private static string? FindProblem(string folder) =>
        new DirectoryInfo(folder).LinkTarget is not null ? "it is a symbolic link"
        : FileStatus.GetOwner(folder) is not { } owner ? null
        : owner != FileStatus.CurrentUser ? "it belongs to another user"
        : (File.GetUnixFileMode(folder) & WritableByOthers) != 0 ? "other users can write to it"
        : null;
}

/// <summary>Where to put lock files.</summary>
/// <param name="Folder">Null if there is no place for them.</param>
/// <param name="Problem">Why not.</param>
/// <param name="IsForeign">Whether there is a folder, but others control it.</param>
internal sealed record LockFolderResult(string? Folder, string Problem = "", bool IsForeign = false);
