using System.Globalization;
using Microsoft.AspNetCore.StaticFiles;
using Serverless.Assets.Emulator.Api;

namespace Serverless.Assets.Emulator.Seeding;

/// <summary>A file that becomes an Asset.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Path">The path of its URL, without a marker for the visibility.</param>
internal sealed record SeedFile(string File, string Path, string Visibility, string ContentType)
{
    private const int MaxProblems = 20;

    private static readonly FileExtensionContentTypeProvider ContentTypes = new(
        new FileExtensionContentTypeProvider()
            .Mappings.Append(new(".twiml", "text/xml"))
            .ToDictionary(StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>Finds the files below a folder, except hidden ones.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// Files can't be Assets. The message contains each with its problem, and how to solve it.
    /// </exception>
    public static IReadOnlyList<SeedFile> Find(string folder)
    {
        var root = System.IO.Path.GetFullPath(folder);
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException(
                $"The folder '{root}' does not exist. Create it, or name another one."
            );
        }

        List<string> problems = [];
        var files = FindFiles(new DirectoryInfo(root), problems)
            .Select(file => Create(root, file, problems))
            .OfType<SeedFile>()
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList();
        problems.AddRange(
            files
                .GroupBy(file => file.Path, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1)
                .Select(group =>
                    $"{string.Join(" and ", group.Select(file => $"'{file.File}'"))} have the same path {group.Key}. "
                    + "Rename one of them."
                )
        );
        if (files.Count == 0 && problems.Count == 0)
        {
            problems.Add($"The folder '{root}' contains no files. Add some, or name another folder.");
        }

        return problems.Count == 0
            ? files
            : throw new InvalidDataException(string.Join(Environment.NewLine, problems.Take(MaxProblems)));
    }

    private static IEnumerable<FileInfo> FindFiles(DirectoryInfo folder, List<string> problems)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => !IsHidden(entry)))
        {
            if (entry.LinkTarget is not null)
            {
                problems.Add($"'{entry.FullName}' is a symbolic link. Replace it with what it refers to.");
            }
            else if (entry is FileInfo file)
            {
                yield return file;
            }
            else
            {
                foreach (var below in FindFiles((DirectoryInfo)entry, problems))
                {
                    yield return below;
                }
            }
        }
    }

    private static bool IsHidden(FileSystemInfo entry) =>
        entry is DirectoryInfo
            ? entry.Name.StartsWith('.') && entry.Name != ".well-known"
            : entry.Name.StartsWith('.') || entry.Name is "Thumbs.db" or "desktop.ini";

    private static SeedFile? Create(string root, FileInfo file, List<string> problems)
    {
        var relative = System.IO.Path.GetRelativePath(root, file.FullName);
        var (path, visibility) = RemoveMarker('/' + relative.Replace(System.IO.Path.DirectorySeparatorChar, '/'));
        if (FindProblem(file, path, visibility) is { } problem)
        {
            problems.Add($"'{file.FullName}' {problem}");
            return null;
        }

        return new SeedFile(file.FullName, path, visibility, GetContentType(path));
    }

    private static string? FindProblem(FileInfo file, string path, string visibility)
    {
        var limit =
            visibility == Storage.Visibility.Private
                ? ServiceLimits.MaxPrivateSize
                : ServiceLimits.MaxPublicOrProtectedSize;
        return AssetRules.FindPathProblem(path) is { } problem
                ? $"has the path {path}: {problem}. Rename the file, or move it."
            : file.Length == 0 ? "is empty. Add content, or remove the file."
            : file.Length > limit
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"has {file.Length} bytes, and the limit of a {visibility} file is {limit}. Remove the file."
                )
            : null;
    }

    /// <summary>A file name that ends with <c>.private.EXT</c> or <c>.protected.EXT</c> has that visibility.</summary>
    private static (string Path, string Visibility) RemoveMarker(string path)
    {
        var extension = System.IO.Path.GetExtension(path);
        var rest = path[..^extension.Length];
        foreach (var visibility in new[] { Storage.Visibility.Private, Storage.Visibility.Protected })
        {
            var name = rest[..^Math.Min(rest.Length, visibility.Length + 1)];
            if (
                extension.Length > 0
                && rest.EndsWith($".{visibility}", StringComparison.Ordinal)
                && !name.EndsWith('/')
            )
            {
                return (name + extension, visibility);
            }
        }

        return (path, Storage.Visibility.Public);
    }

    private static string GetContentType(string path) =>
        !ContentTypes.TryGetContentType(path, out var type) ? Api.ContentType.Default
        : type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8"
        : type;
}
