using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting;

/// <summary>What a run did so far. Text from outside in it is as it came: whoever shows it escapes it.</summary>
public sealed record RunReport
{
    /// <summary>What the run is about: the name of the project, the Service or the folder.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Null: the service was not reached.</summary>
    public string? ServiceSid { get; init; }

    /// <summary>Full path; null: none was written.</summary>
    public string? ManifestPath { get; init; }

    /// <summary>Sorted by path, ordinal. Compared with what was live when <see cref="BuildSid"/> is set, else with earlier uploads.</summary>
    public IReadOnlyList<ReportedAsset> Assets { get; init; } = [];

    /// <summary>Asset Versions that this run made; null: it was not there to upload.</summary>
    public int? Uploaded { get; init; }

    /// <summary>Asset Versions that served again; null: it was not there to upload.</summary>
    public int? Unchanged { get; init; }

    /// <summary>The Build that was made or used again; null: none was.</summary>
    public string? BuildSid { get; init; }

    /// <summary>What was made live; null: nothing was.</summary>
    public DeployResult? Live { get; init; }

    /// <summary>What an upload and a deployment would do; null: the run is not about that.</summary>
    public UploadPlan? Plan { get; init; }

    /// <summary>What else was done, in one sentence: an Environment removed, a site verified; null: nothing else.</summary>
    public string? Done { get; init; }

    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>Why it failed; empty: it did not.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = [];

    public bool IsCancelled { get; init; }

    internal RequestTimeline Requests { get; init; } = RequestTimeline.Empty;
}
