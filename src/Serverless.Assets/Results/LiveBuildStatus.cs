using Serverless.Assets.Client;

namespace Serverless.Assets.Results;

/// <summary>What is live in an Environment, as far as the run knows.</summary>
internal sealed record LiveBuildStatus
{
    private LiveBuildStatus(bool isKnown, Sid? buildSid)
    {
        IsKnown = isKnown;
        BuildSid = buildSid;
    }

    /// <summary>The Environment could not be fetched after a request that may have changed it.</summary>
    public static LiveBuildStatus Unknown { get; } = new(isKnown: false, buildSid: null);

    public bool IsKnown { get; }

    /// <summary>Null: nothing is live, or it is unknown.</summary>
    public Sid? BuildSid { get; }

    /// <param name="buildSid">Null: nothing is live.</param>
    public static LiveBuildStatus Known(Sid? buildSid) => new(isKnown: true, buildSid);

    /// <summary>A clause for messages, such as <c>ZB… is live in dev</c>.</summary>
    public string Describe(string environment) =>
        this switch
        {
            { IsKnown: false } => $"it is unknown which Build is live in {environment}",
            { BuildSid: { } build } => $"{build} is live in {environment}",
            _ => $"no Build is live in {environment}",
        };
}
