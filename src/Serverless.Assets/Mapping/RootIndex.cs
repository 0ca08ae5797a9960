using Serverless.Assets.Client;

namespace Serverless.Assets.Mapping;

/// <summary>
/// The start page of a site. The service has no directory indexes, but answers <c>/</c> with the asset
/// <c>/assets/index.html</c>. Relative links of a page that is shown at <c>/</c> lead to the same URLs as those of
/// <c>/index.html</c>, so the copy has the same content.
/// </summary>
internal static class RootIndex
{
    public const string Page = "/index.html";
    public const string Copy = "/assets/index.html";

    /// <returns>
    /// The files with the copy, sorted by path (ordinal). There is none if a file has its path already, or if the page is
    /// private and therefore has no URL.
    /// </returns>
    public static IReadOnlyList<MappedFile> AddTo(IReadOnlyList<MappedFile> files)
    {
        var page = files.FirstOrDefault(file => file.Path == Page && file.Visibility != Visibility.Private);
        return page is null || files.Any(file => file.Path.Equals(Copy, StringComparison.OrdinalIgnoreCase))
            ? files
            :
            [
                .. files
                    .Append(page with { Path = Copy, IsRootIndexCopy = true })
                    .OrderBy(file => file.Path, StringComparer.Ordinal),
            ];
    }
}
