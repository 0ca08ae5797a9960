using Serverless.Assets.Client;
using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Site;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB2xxx: finding and checking files. Each code and message is defined only here.</summary>
internal static class DiscoveryDiagnostics
{
    private static readonly FrontPhrase CorrectFolder = new(
        $"correct the Include of its ServerlessAssetFolder item",
        $"specify another folder"
    );
    private static readonly FrontPhrase CorrectFile = new(
        $"correct the Include of its ServerlessAsset item",
        $"specify another file"
    );
    private static readonly FrontPhrase AddFile = new(
        $"add the target as a ServerlessAsset item",
        $"specify the folder of the target too"
    );
    private static readonly FrontPhrase AddFolder = new(
        $"Add a ServerlessAssetFolder item for the other folder",
        $"Specify the other folder too"
    );
    private static readonly FrontPhrase AddItem = new(
        $"add a ServerlessAssetFolder or ServerlessAsset item",
        $"specify another folder"
    );
    private static readonly FrontPhrase NameFolder = new(
        $"add a ServerlessAssetFolder item for it",
        $"specify it on the command line"
    );
    private static readonly FrontPhrase PathSettings = new(
        $"AssetPath or {SettingTable.PathPrefix}",
        $"{SettingTable.PathPrefix}"
    );
    private static readonly FrontPhrase SetPath = new($"set its AssetPath, ", $"");
    private static readonly FrontPhrase OrSetPath = new($", or set its AssetPath", $"");
    private static readonly FrontPhrase Visibility = new($"its Visibility", $"{SettingTable.Visibility}");
    private static readonly FrontPhrase ContentType = new($"its ContentType", $"its contentType or --content-type");

    private static SanitizedText ShortenNames =>
        $"Shorten the names of the file or its folders, or set a shorter {PathSettings}";

    private static SanitizedText Allow =>
        $"{SettingTable.Allow} (a file name, or a path relative to the project; * and ** are wildcards)";

    public static Diagnostic FolderNotFound(string folder, string? otherCase) =>
        Diagnostic.Error(
            "SAB2001",
            $"The asset folder '{folder}' does not exist{Hint(otherCase)}. Create it, or " + $"{CorrectFolder}.",
            folder
        );

    public static Diagnostic FileNotFound(string file, string? otherCase) =>
        Diagnostic.Error(
            "SAB2002",
            $"The asset '{file}' does not exist{Hint(otherCase)}. Create it, or " + $"{CorrectFile}.",
            file
        );

    public static Diagnostic UnknownVisibility(string file, string value, string fullPath) =>
        Diagnostic.Error(
            "SAB2003",
            $"The visibility '{value}' of '{file}' is not valid: expected public, protected or private. "
                + $"Correct {SettingTable.Visibility}.",
            fullPath
        );

    public static Diagnostic LinkLeadsOut(string link, string target, string folder) =>
        Diagnostic.Error(
            "SAB2004",
            $"'{link}' is a symbolic link to '{target}', which is outside the asset folder '{folder}'. "
                + $"Copy the target into the folder, or "
                + $"{AddFile}.",
            link
        );

    public static Diagnostic LinkCycle(string link, string target) =>
        Diagnostic.Error(
            "SAB2005",
            $"'{link}' is a symbolic link to '{target}', which contains it, so following it would never end. "
                + $"Remove the link.",
            link
        );

    public static Diagnostic PatternLeadsOut(string pattern, string folder) =>
        Diagnostic.Error(
            "SAB2006",
            $"The pattern '{pattern}' leads outside the asset folder '{folder}': patterns are relative to that folder and "
                + $"have no '/' at the start and no '..'. {AddFolder}.",
            folder
        );

    /// <param name="isGiven">Whether the user has given the path of this file, so that its name does not matter.</param>
    public static Diagnostic PathTooLong(string file, string path, int limit, string fullPath, bool isGiven) =>
        Diagnostic.Error(
            "SAB2007",
            $"'{file}' maps to the path '{path}', which has {path.Length} characters: at most {limit} are allowed. "
                + $"{PathRemedy(isGiven, ShortenNames, $"Shorten that path")}.",
            fullPath
        );

    /// <inheritdoc cref="PathTooLong"/>
    public static Diagnostic PathNotUrlFriendly(
        string file,
        string path,
        string characters,
        string fullPath,
        bool isGiven
    ) =>
        Diagnostic.Error(
            "SAB2008",
            $"'{file}' maps to the path '{path}', which contains {characters}: only letters, digits and "
                + $"- . _ ~ ! * = / are allowed. "
                + $"{PathRemedy(isGiven, $"Rename the file, {SetPath}or", $"Correct that path, or")} set "
                + $"{SettingTable.PathCharacters.SetTo(PathCharacters.Dash)} to replace white space with dashes.",
            fullPath
        );

    /// <inheritdoc cref="PathTooLong"/>
    public static Diagnostic PathMalformed(string file, string path, string fullPath, bool isGiven) =>
        Diagnostic.Error(
            "SAB2009",
            $"'{file}' maps to the path '{path}', which has an empty segment, a segment '.' or '..', or no file name. "
                + $"Correct {PathRemedy(isGiven, $"{PathSettings}", $"that path")}.",
            fullPath
        );

    public static Diagnostic SamePath(string file, string other, string path, string fullPath) =>
        Diagnostic.Error(
            "SAB2010",
            $"'{file}' and '{other}' both map to the path '{path}'. Rename one of them{OrSetPath}.",
            fullPath
        );

    public static Diagnostic PathsDifferOnlyInCase(
        string file,
        string path,
        string other,
        string otherPath,
        string fullPath
    ) =>
        Diagnostic.Error(
            "SAB2011",
            $"'{file}' maps to '{path}' and '{other}' to '{otherPath}', which differ only in case. "
                + $"Rename one of them{OrSetPath}.",
            fullPath
        );

    public static Diagnostic FileTooLarge(
        string file,
        long size,
        Visibility visibility,
        long limit,
        ServiceLimits limits,
        string fullPath
    ) =>
        Diagnostic.LimitExceeded(
            limits,
            "SAB2012",
            $"'{file}' has {size} bytes: a {visibility.ToWireValue()} asset can have at most {limit} bytes "
                + $"({limit / (1024 * 1024)} MB). Reduce its size, split it, or host it elsewhere.",
            fullPath
        );

    public static Diagnostic FileEmpty(string file, string fullPath) =>
        Diagnostic.Error(
            "SAB2013",
            $"'{file}' is empty (0 bytes): the service requires at least 1 byte. Add content, delete the file, or "
                + $"exclude it with {SettingTable.ExcludePatterns} or .serverlessignore.",
            fullPath
        );

    /// <param name="service">Null: the default Service.</param>
    public static Diagnostic TooManyAssets(
        int count,
        string kind,
        string? service,
        int limit,
        string largestFolders,
        bool hasRootIndexCopy,
        ServiceLimits limits
    ) =>
        Diagnostic.LimitExceeded(
            limits,
            "SAB2014",
            $"There are {count} {kind} assets{ForService(service)}: a Build can have at most {limit}, so "
                + $"{count - limit} are too many. "
                + $"Largest folders: {largestFolders}. {RootIndexCopy(hasRootIndexCopy)}"
                + $"Exclude files with {SettingTable.ExcludePatterns} or .serverlessignore, or send folders to other "
                + $"Services with {SettingTable.ServiceRules}."
        );

    /// <param name="otherCase">A path that the prefix would match in another letter case; null: none.</param>
    public static Diagnostic UnusedServiceRule(string prefix, string? service, string? otherCase) =>
        Diagnostic.Warning(
            "SAB2024",
            $"No file has a path for which the rule '{prefix}' decides, so {service ?? "the default Service"} gets "
                + $"none through it{(otherCase is null ? $"" : (SanitizedText)$" ('{otherCase}' has another letter case)")}. "
                + $"Correct the folder in {SettingTable.ServiceRules}, or remove the rule."
        );

    public static Diagnostic LooksLikeSecret(string file, Visibility visibility, string fullPath) =>
        Diagnostic.Error(
            "SAB2015",
            $"'{file}' looks like a secret and would be {visibility.ToWireValue()}. Exclude it, make it private, or, "
                + $"if it is not a secret, add it to {Allow}.",
            fullPath
        );

    public static Diagnostic SourceWouldBePublic(string file, string fullPath) =>
        Diagnostic.Warning(
            "SAB2016",
            $"'{file}' looks like source code or settings and would be public. Exclude it, or add it to {Allow}.",
            fullPath
        );

    public static Diagnostic ImageHasLocation(string file, Visibility visibility, string fullPath) =>
        Diagnostic.Warning(
            "SAB2017",
            $"'{file}' contains the GPS location where it was taken and would be {visibility.ToWireValue()}; the "
                + $"service does not remove metadata. Remove the location, or add the file to {Allow}.",
            fullPath
        );

    public static Diagnostic NoAssetsFound(string reason) =>
        Diagnostic.Warning("SAB2018", $"No assets found: {reason}. Add files, or " + $"{AddItem}.");

    public static Diagnostic FileUnreadable(string file, string reason, string fullPath) =>
        Diagnostic.Error(
            "SAB2019",
            $"'{file}' can't be read: {reason}. "
                + $"If another program is writing it, wait until that program has finished, then run again.",
            fullPath
        );

    public static Diagnostic FileChanged(string file, string change, string fullPath) =>
        Diagnostic.Error(
            "SAB2020",
            $"'{file}' changed during the upload: {change}. The upload was discarded. "
                + $"Wait until the program that writes the file has finished, then run again.",
            fullPath
        );

    public static Diagnostic FileVanished(string file, string fullPath) =>
        Diagnostic.Error(
            "SAB2021",
            $"'{file}' no longer exists, although it did when the files were listed. "
                + $"Wait until the program that moves or deletes it has finished, then run again.",
            fullPath
        );

    public static Diagnostic InvalidContentType(string file, string value, string fullPath) =>
        Diagnostic.Error(
            "SAB2022",
            $"The content type '{value}' of '{file}' is not valid: expected a media type such as image/png or "
                + $"text/html; charset=utf-8. Correct {ContentType}.",
            fullPath
        );

    public static Diagnostic MarkerWithoutEffect(string file, string mark, Visibility visibility, string fullPath) =>
        Diagnostic.Warning(
            "SAB2023",
            $"'{file}' has '.{mark}' in its name, which has no effect there, and will be {visibility.ToWireValue()}: "
                + $"the marker must come right before the last extension, as in names.{mark}.json. "
                + $"Rename the file, or set {Visibility}.",
            fullPath
        );

    public static Diagnostic PublishedFolderNotFound(string folder) =>
        Diagnostic.Error(
            "SAB2030",
            $"{SettingTable.FromPublish} is true, but the published wwwroot folder '{folder}' does not exist. "
                + $"Add static web files to the project (in a wwwroot folder, or from packages), or set "
                + $"{SettingTable.FromPublish.SetTo(false)}.",
            folder
        );

    public static Diagnostic RoutesUnreadable(string file, string reason) =>
        Diagnostic.Error(
            "SAB2031",
            $"The list of published routes '{file}' can't be read: {reason}. Delete it and publish again.",
            file
        );

    public static Diagnostic PublishedSettingsHoldSecret(string file, string key, string fullPath) =>
        Diagnostic.Warning(
            "SAB2032",
            $"'{file}' has a value for '{key}', which looks like a secret and would be public: every visitor of the "
                + $"site can read it. Keep the value on a server, or, if it is not a secret, add the file to {Allow}.",
            fullPath
        );

    public static Diagnostic PatternNotValid(string pattern, Setting setting, string problem) =>
        Diagnostic.Error("SAB2033", $"The pattern '{pattern}' in {setting} is not valid: {problem}.");

    public static Diagnostic DefaultFolderInOtherCase(string folder, string name) =>
        Diagnostic.Warning(
            "SAB2034",
            $"'{folder}' is not collected, because names are case-sensitive on this system and the default folder is "
                + $"'{name}'; on Windows and macOS it would be. Rename it, or {AddItem}.",
            folder
        );

    public static Diagnostic DefaultFolderLeadsOut(string folder, string target, string project) =>
        Diagnostic.Error(
            "SAB2035",
            $"'{folder}' is a symbolic link to '{target}', which is outside the project '{project}'. A link can come "
                + $"from someone else, so the folder is not collected by default. To collect it, "
                + $"{NameFolder}.",
            folder
        );

    /// <param name="kind">Such as <c>a folder</c>.</param>
    public static Diagnostic VersionNotRegularFile(string file, string kind, string fullPath) =>
        Diagnostic.Error(
            "SAB2040",
            $"'{file}' is {kind}, not a regular file, so it can't be uploaded. Specify a regular file.",
            fullPath
        );

    public static Diagnostic VersionOfConfigFile(string file, string fullPath) =>
        Diagnostic.Error(
            "SAB2041",
            $"'{file}' is the config file of this tool, which is never uploaded. Specify another file.",
            fullPath
        );

    /// <param name="kind">Such as <c>a named pipe</c>.</param>
    public static Diagnostic NotRegularFile(string file, string kind, string fullPath) =>
        Diagnostic.Error(
            "SAB2060",
            $"'{file}' is {kind}, not a regular file, so it can't be uploaded. Delete it, or exclude it with "
                + $"{SettingTable.ExcludePatterns} or .serverlessignore.",
            fullPath
        );

    private static SanitizedText ForService(string? service) =>
        service is null ? $"" : (SanitizedText)$" for Service {service}";

    /// <param name="givenOnCommandLine">
    /// The command line and its config file have several ways to give the path of a single file, of which the user knows
    /// the one that was used.
    /// </param>
    private static SanitizedText PathRemedy(bool isGiven, SanitizedText remedy, SanitizedText givenOnCommandLine) =>
        isGiven ? $"{new FrontPhrase(remedy, givenOnCommandLine)}" : remedy;

    public static Diagnostic PathReserved(string displayPath, string path, string file) =>
        Diagnostic.Error(
            "SAB2042",
            $"'{displayPath}' would be uploaded to '{path}', but the folder {SiteStateFile.Folder} of a site is reserved "
                + $"for state files. Rename the folder, or set another {SettingTable.PathPrefix}.",
            file
        );

    private static SanitizedText Hint(string? otherCase) =>
        otherCase is null
            ? (SanitizedText)$""
            : $", but '{otherCase}' does, and names are case-sensitive on this system";

    private static SanitizedText RootIndexCopy(bool exists) =>
        exists
            ? (SanitizedText)
                $"{RootIndex.Copy} is one of them: a copy of {RootIndex.Page}, unless {SettingTable.RootIndex.SetTo(false)} is set. "
            : $"";
}
