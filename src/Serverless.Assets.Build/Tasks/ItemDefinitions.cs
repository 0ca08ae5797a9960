using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// Distinguishes items that were named exactly from those matched by a pattern such as <c>assets/*</c>. MSBuild does
/// not record that, so this class reads the project files, each of them once. Use it only for names for which it makes
/// a difference. Not thread-safe.
/// </summary>
internal sealed class ItemDefinitions
{
    private const string ItemName = "ServerlessAsset";

    private readonly Dictionary<string, IReadOnlyList<IncludedName>?> _files = [];

    /// <summary>
    /// Gets how the file that defines the item names it. An expression such as <c>$(HiddenFile)</c> can name any file,
    /// so it counts only if no pattern matches the item.
    /// </summary>
    public IncludedNameKind GetKind(ITaskItem item)
    {
        var file = item.GetMetadata(MetadataNames.DefiningProjectFullPath);
        if (!_files.TryGetValue(file, out var names))
        {
            _files[file] = names = Read(file);
        }

        if (names is null)
        {
            return IncludedNameKind.Literal;
        }

        var path = item.ItemSpec.Replace('\\', '/');
        var kinds = names.Where(name => name.Matches(path)).Select(name => name.Kind).ToHashSet();
        return kinds.Contains(IncludedNameKind.Literal) ? IncludedNameKind.Literal
            : kinds.Contains(IncludedNameKind.Pattern) ? IncludedNameKind.Pattern
            : names.Any(name => name.HasFileNameOf(path)) ? IncludedNameKind.Literal
            : kinds.Contains(IncludedNameKind.Expression) ? IncludedNameKind.Expression
            : IncludedNameKind.Pattern;
    }

    /// <returns>Null if a task created the item, or the file was deleted.</returns>
    private static List<IncludedName>? Read(string file)
    {
        try
        {
            return XDocument
                .Load(file)
                .Descendants()
                .Where(element => element.Name.LocalName == ItemName)
                .SelectMany(element => IncludedName.Split((string?)element.Attribute("Include") ?? ""))
                .ToList();
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>What the last part of an included path is.</summary>
internal enum IncludedNameKind
{
    /// <summary>A file name: <c>.nojekyll</c>.</summary>
    Literal,

    /// <summary>A name with wildcards: <c>*.txt</c>.</summary>
    Pattern,

    /// <summary>A name that MSBuild computes: <c>$(HiddenFile)</c>, <c>@(Content)</c> or <c>%2ehidden</c>.</summary>
    Expression,
}

/// <summary>An entry of an <c>Include</c>, such as <c>assets/*.txt</c>.</summary>
internal sealed class IncludedName
{
    /// <summary>Stands for an expression, whose value is not known. It is not a character of XML.</summary>
    private const char Unknown = '\0';

    private readonly string _fileName;
    private readonly Regex _path;

    /// <param name="entry">Separated by <c>/</c>, with <see cref="Unknown"/> in place of expressions.</param>
    private IncludedName(string entry)
    {
        _fileName = entry[(entry.LastIndexOf('/') + 1)..];
        Kind =
            _fileName.AsSpan().ContainsAny('*', '?') ? IncludedNameKind.Pattern
            : _fileName.Contains(Unknown, StringComparison.Ordinal) ? IncludedNameKind.Expression
            : IncludedNameKind.Literal;
        _path = new Regex(
            $@"\A{Translate(entry)}\z",
            RegexOptions.IgnoreCase
                | RegexOptions.CultureInvariant
                | RegexOptions.Singleline
                | RegexOptions.NonBacktracking
        );
    }

    public IncludedNameKind Kind { get; }

    /// <summary>Reads the entries of an <c>Include</c>, as it is in the project file.</summary>
    public static IEnumerable<IncludedName> Split(string include) =>
        ReplaceExpressions(include)
            .Replace('\\', '/')
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(entry => new IncludedName(entry));

    /// <param name="path">Separated by <c>/</c>, as MSBuild includes it.</param>
    public bool Matches(string path) => _path.IsMatch(path);

    /// <summary>Whether this is a path of a file with the same name, written in another way.</summary>
    public bool HasFileNameOf(string path) =>
        Kind == IncludedNameKind.Literal
        && _fileName.Equals(path[(path.LastIndexOf('/') + 1)..], StringComparison.OrdinalIgnoreCase);

    /// <summary>Replaces property functions with all their parentheses, because they can contain semicolons.</summary>
    private static string ReplaceExpressions(string include)
    {
        var replaced = new StringBuilder(include.Length);
        for (var i = 0; i < include.Length; i++)
        {
            var isCall = include[i] is '$' or '@' or '%' && i + 1 < include.Length && include[i + 1] == '(';
            if (!isCall && include[i] != '%')
            {
                replaced.Append(include[i]);
                continue;
            }

            replaced.Append(Unknown);
            i = isCall ? FindEnd(include, i + 1) : Math.Min(i + 2, include.Length - 1); // %2e is an escaped character
        }

        return replaced.ToString();
    }

    /// <param name="open">The index of an opening parenthesis.</param>
    /// <returns>The index of the parenthesis that closes it, else of the last character.</returns>
    private static int FindEnd(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i;
            }
        }

        return text.Length - 1;
    }

    private static string Translate(string entry) =>
        Regex
            .Escape(entry)
            .Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal)
            .Replace($"{Unknown}", ".*", StringComparison.Ordinal);
}
