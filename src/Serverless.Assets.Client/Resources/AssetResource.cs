namespace Serverless.Assets.Client;

/// <summary>An Asset: the named parent of its Asset Versions. It has no content of its own.</summary>
public sealed record AssetResource
{
    /// <summary><c>ZH…</c></summary>
    public required string Sid
    {
        get;
        init => field = SidKind.Asset.Require(value);
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

    /// <summary>At most 255 characters and not unique. By convention, the path of the asset.</summary>
    public required string FriendlyName { get; init; }

    public DateTimeOffset DateCreated { get; init; }

    public DateTimeOffset DateUpdated { get; init; }

    public Uri? Url { get; init; }
}
