using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Mapping;

/// <summary>How a user names an Asset: by its SID, or by its friendly name if that is a path.</summary>
internal sealed record AssetReference
{
    private readonly string _text;

    private AssetReference(string text, Sid? sid)
    {
        _text = text;
        Sid = sid;
    }

    /// <summary>What a valid reference looks like, to be shown after the word "expected".</summary>
    public static string Expected { get; } =
        $"the SID of an Asset ({SidKind.Asset.Format}), or a path that starts with / "
        + $"and has at most {AssetPath.MaxLength} characters";

    /// <summary>Null: the user has named it by its path.</summary>
    public Sid? Sid { get; }

    /// <summary>
    /// Null: the user has named it by its SID. Not necessarily a valid <see cref="AssetPath"/>: other tools choose other
    /// names.
    /// </summary>
    public string? Path => Sid is null ? _text : null;

    public static AssetReference FromPath(AssetPath path) => new(path, sid: null);

    public static bool TryParse(string text, out AssetReference? reference)
    {
        reference =
            Client.Sid.TryParse(text, SidKind.Asset, out var sid) ? new AssetReference(text, sid)
            : text is ['/', _, ..] && text.Length <= AssetPath.MaxLength && !LogSanitizer.HasControlCharacter(text)
                ? new AssetReference(text, sid: null)
            : null;
        return reference is not null;
    }

    /// <summary>Returns the SID or the path.</summary>
    public override string ToString() => _text;
}
