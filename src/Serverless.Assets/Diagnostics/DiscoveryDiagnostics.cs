using Serverless.Assets.Client;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB2xxx: finding, mapping and validating files. Each method holds the only copy of its code and text.</summary>
internal static class DiscoveryDiagnostics
{
    public static Diagnostic FolderNotFound(string folder) =>
        Diagnostic.Error(
            "SAB2001",
            $"The asset folder '{folder}' does not exist. Create it, or mend the Include of its ServerlessAssetFolder.",
            folder
        );

    public static Diagnostic FileNotFound(string file) =>
        Diagnostic.Error(
            "SAB2002",
            $"The asset '{file}' does not exist. Create it, or mend the Include of its ServerlessAsset.",
            file
        );

    public static Diagnostic UnknownVisibility(string file, string value, string fullPath) =>
        Diagnostic.Error(
            "SAB2003",
            $"'{file}' has the visibility '{value}': expected public, protected or private.",
            fullPath
        );

    public static Diagnostic LinkLeadsOut(string link, string target, string folder) =>
        Diagnostic.Error(
            "SAB2004",
            $"'{link}' is a symbolic link to '{target}', which is outside the asset folder '{folder}'. Copy the file into the folder, or name its real place as a ServerlessAsset.",
            link
        );

    public static Diagnostic LinkCycle(string link, string target) =>
        Diagnostic.Error(
            "SAB2005",
            $"'{link}' is a symbolic link to '{target}', a folder that contains it, so the tree has no end. Remove the link.",
            link
        );

    public static Diagnostic PatternLeadsOut(string pattern, string folder) =>
        Diagnostic.Error(
            "SAB2006",
            $"The pattern '{pattern}' leads out of the asset folder '{folder}'. Name the other folder as a ServerlessAssetFolder of its own.",
            folder
        );

    public static Diagnostic PathTooLong(string file, string path, int limit, string fullPath) =>
        Diagnostic.Error(
            "SAB2007",
            $"'{file}' maps to a path of {path.Length} characters, '{path}': at most {limit} are allowed. Shorten its folders or name, or set a shorter AssetPath or PathPrefix.",
            fullPath
        );

    public static Diagnostic PathNotUrlFriendly(string file, string path, string characters, string fullPath) =>
        Diagnostic.Error(
            "SAB2008",
            $"'{file}' maps to the path '{path}', which holds {characters}: allowed are letters, digits and - . _ ~ ! * = /. Rename the file, set its AssetPath, or set ServerlessAssetsPathCharacters=Dash to turn white space into dashes.",
            fullPath
        );

    public static Diagnostic PathMalformed(string file, string path, string fullPath) =>
        Diagnostic.Error(
            "SAB2009",
            $"'{file}' maps to the path '{path}', which has an empty segment, a segment of dots, or no file name. Mend its AssetPath or PathPrefix.",
            fullPath
        );

    public static Diagnostic SamePath(string file, string other, string path, string fullPath) =>
        Diagnostic.Error(
            "SAB2010",
            $"'{file}' and '{other}' both map to the path '{path}'. Rename one, or give it an AssetPath of its own.",
            fullPath
        );

    public static Diagnostic SamePathButCase(
        string file,
        string path,
        string other,
        string otherPath,
        string fullPath
    ) =>
        Diagnostic.Error(
            "SAB2011",
            $"'{file}' maps to '{path}' and '{other}' to '{otherPath}', which differ only in letter case. Rename one, or give it an AssetPath of its own.",
            fullPath
        );

    public static Diagnostic FileTooLarge(string file, long size, Visibility visibility, long limit, string fullPath) =>
        Diagnostic.Error(
            "SAB2012",
            $"'{file}' has {size} bytes: a {visibility.ToWireValue()} asset has at most {limit} ({limit / (1024 * 1024)} MB). Make it smaller, split it, or host it elsewhere.",
            fullPath
        );

    public static Diagnostic FileEmpty(string file, string fullPath) =>
        Diagnostic.Error(
            "SAB2013",
            $"'{file}' is empty (0 bytes): the service refuses empty assets, at least 1 byte is needed. Fill it, delete it, or exclude it with ExcludePatterns or .serverlessignore.",
            fullPath
        );

    public static Diagnostic TooManyAssets(int count, string kind, int limit, string heaviest) =>
        Diagnostic.Error(
            "SAB2014",
            $"{count} {kind} assets: one Build holds at most {limit}, so {count - limit} are too many. The folders with most files: {heaviest}. Exclude files with ExcludePatterns or .serverlessignore."
        );

    public static Diagnostic LooksLikeSecret(string file, Visibility visibility, string fullPath) =>
        Diagnostic.Error(
            "SAB2015",
            $"'{file}' looks like a secret and would be {visibility.ToWireValue()}. Exclude it, make it private, or, if it is no secret, name it in ServerlessAssetsAllow (a file name or a path from the project, * and ** allowed).",
            fullPath
        );

    public static Diagnostic SourceGoesPublic(string file, string fullPath) =>
        Diagnostic.Warning(
            "SAB2016",
            $"'{file}' looks like source code or settings and would be public. Exclude it, or name it in ServerlessAssetsAllow (a file name or a path from the project, * and ** allowed).",
            fullPath
        );

    public static Diagnostic PhotographTellsPlace(string file, Visibility visibility, string fullPath) =>
        Diagnostic.Warning(
            "SAB2017",
            $"'{file}' has the place where it was taken in its metadata (GPS) and would be {visibility.ToWireValue()}; the service keeps metadata in the file. Strip it, or name the file in ServerlessAssetsAllow (a file name or a path from the project, * and ** allowed).",
            fullPath
        );

    public static Diagnostic NothingFound(string lookedIn) =>
        Diagnostic.Warning(
            "SAB2018",
            $"No assets found: {lookedIn}. Add files there, or a ServerlessAssetFolder or ServerlessAsset item."
        );

    public static Diagnostic FileUnreadable(string file, string reason, string fullPath) =>
        Diagnostic.Error(
            "SAB2019",
            $"'{file}' can't be read: {reason}. If another program is writing it, let that finish and run again.",
            fullPath
        );

    public static Diagnostic FileChanged(string file, string what, string fullPath) =>
        Diagnostic.Error(
            "SAB2020",
            $"'{file}' changed while it was being uploaded: {what}. Its upload does not count. Let the program that writes it finish, and run again.",
            fullPath
        );

    public static Diagnostic FileVanished(string file, string fullPath) =>
        Diagnostic.Error(
            "SAB2021",
            $"'{file}' was there when the files were listed and is gone now. Let the program that moves it finish, and run again.",
            fullPath
        );

    public static Diagnostic InvalidContentType(string file, string value, string fullPath) =>
        Diagnostic.Error(
            "SAB2022",
            $"'{file}' has the content type '{value}': expected one such as image/png or text/html; charset=utf-8. Mend its ContentType.",
            fullPath
        );

    public static Diagnostic MarkWithoutEffect(string file, string mark, Visibility visibility, string fullPath) =>
        Diagnostic.Warning(
            "SAB2023",
            $"'{file}' has '.{mark}' in its name, which has no effect there, and will be {visibility.ToWireValue()}: the mark counts just before the last extension, as in names.{mark}.json. Rename it, or set its Visibility.",
            fullPath
        );

    public static Diagnostic PublishedFolderNotFound(string folder) =>
        Diagnostic.Error(
            "SAB2030",
            $"ServerlessAssetsFromPublish is true, but there is no published wwwroot: '{folder}' does not exist. Give the project static web files (a wwwroot, or packages that have one), or set ServerlessAssetsFromPublish=false.",
            folder
        );

    public static Diagnostic RoutesUnreadable(string file, string reason) =>
        Diagnostic.Error(
            "SAB2031",
            $"The list of the published routes '{file}' can't be read: {reason}. Delete it and publish again.",
            file
        );

    public static Diagnostic PublishedSettingsHoldSecret(string file, string key, string fullPath) =>
        Diagnostic.Warning(
            "SAB2032",
            $"'{file}' has a value for '{key}', which looks like a secret, and would be public: whoever opens the site can read it. Keep it on a server, or, if it is no secret, name the file in ServerlessAssetsAllow (a file name or a path from the project, * and ** allowed).",
            fullPath
        );
}
