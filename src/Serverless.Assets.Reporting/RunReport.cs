using Serverless.Assets.Reporting.Timeline;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting;

/// <summary>The data of a report. Text is not escaped: each format escapes it.</summary>
internal sealed record RunReport
{
    /// <summary>The name of the project, the Service or the folder.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public TimeSpan Duration { get; init; }

    public RunResult Result { get; init; } = new();

    public RequestTimeline Requests { get; init; } = RequestTimeline.Empty;

    public RunOutcome Outcome => RunOutcome.From(Result);
}
