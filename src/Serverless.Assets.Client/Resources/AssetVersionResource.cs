namespace Serverless.Assets.Client;

/// <summary>
/// An Asset Version: immutable content with a path and a visibility. The service does not return the content or its
/// size, hash or content type. A Build lists its Asset Versions in this form too.
/// </summary>
public sealed record AssetVersionResource
{
    /// <summary><c>ZN…</c></summary>
    public required string Sid
    {
        get;
        init => field = SidKind.Version.Require(value);
    }

    /// <summary><c>AC…</c></summary>
    public string? AccountSid
    {
        get;
        init => field = SidKind.Account.RequireIfSet(value);
    }

    /// <summary><c>ZS…</c></summary>
    public string? ServiceSid
    {
        get;
        init => field = SidKind.Service.RequireIfSet(value);
    }

    /// <summary><c>ZH…</c></summary>
    public string? AssetSid
    {
        get;
        init => field = SidKind.Asset.RequireIfSet(value);
    }

    /// <summary>URL path: starts with <c>/</c> and has at most 255 characters.</summary>
    public required string Path { get; init; }

    public required Visibility Visibility { get; init; }

    public DateTimeOffset DateCreated { get; init; }

    public Uri? Url { get; init; }
}

/// <summary>A Function Version in a Build.</summary>
public sealed record FunctionVersionResource
{
    /// <summary><c>ZN…</c></summary>
    public required string Sid
    {
        get;
        init => field = SidKind.Version.Require(value);
    }

    /// <summary><c>ZH…</c></summary>
    public string? FunctionSid
    {
        get;
        init => field = SidKind.Asset.RequireIfSet(value);
    }

    public string? Path { get; init; }
}
