using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Planning;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Reporting;

/// <summary>Gathers what a run does while it goes on. The core tells it each result; may be read at any time.</summary>
public sealed class RunRecorder
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly IReadOnlySet<string> _silenced;
    private RunReport _report;

    /// <param name="name">What the run is about: the name of the project, the Service or the folder.</param>
    /// <param name="silenced">Codes of warnings that are not to be shown: <c>SAB2016</c>.</param>
    public RunRecorder(string name, IReadOnlySet<string> silenced, TimeProvider clock)
    {
        _clock = clock;
        _silenced = silenced;
        _started = clock.GetTimestamp();
        _report = new RunReport { Name = name, StartedAt = clock.GetUtcNow() };
    }

    /// <summary>Puts messages in the words of the front.</summary>
    public FrontTerms Terms { get; init; } = FrontTerms.MSBuild;

    /// <summary>Keeps the requests; null: nobody wants to see them.</summary>
    internal RequestLog? Requests { get; init; }

    /// <summary>What happened so far.</summary>
    public RunReport Report
    {
        get
        {
            lock (_lock)
            {
                return _report with
                {
                    Duration = _clock.GetElapsedTime(_started),
                    Requests = Requests?.Snapshot() ?? RequestTimeline.Empty,
                };
            }
        }
    }

    /// <summary>A warning was shown.</summary>
    public void OnWarning(Diagnostic warning)
    {
        if (!_silenced.Contains(warning.Code))
        {
            Change(report => report with { Warnings = [.. report.Warnings, Worded(warning)] });
        }
    }

    /// <summary>The run failed.</summary>
    public void OnFailure(IReadOnlyList<Diagnostic> errors) =>
        Change(report => report with { Errors = [.. report.Errors, .. errors.Select(Worded)] });

    /// <summary>The run was cancelled.</summary>
    public void OnCancelled() => Change(report => report with { IsCancelled = true });

    internal void OnUploaded(UploadResult result) =>
        Change(report =>
            report with
            {
                ServiceSid = result.ServiceSid,
                ManifestPath = result.ManifestPath,
                Uploaded = result.Assets.Count(asset => asset.Status == AssetStatus.Uploaded),
                Unchanged = result.Assets.Count(asset => asset.Status == AssetStatus.Unchanged),
                Assets = result.Assets.Select(Describe).ToList(),
            }
        );

    internal void OnBuilt(string serviceSid, string build, BuildPlan composition) =>
        Change(report =>
            report with
            {
                ServiceSid = serviceSid,
                BuildSid = build,
                Assets =
                [
                    .. Describe(composition.New, AssetChange.New)
                        .Concat(Describe(composition.Changed, AssetChange.Changed))
                        .Concat(Describe(composition.Unchanged, AssetChange.Unchanged))
                        .Concat(
                            composition.Kept.Select(version => new ReportedAsset(
                                version.Path,
                                version.Visibility,
                                AssetChange.Kept,
                                null,
                                null,
                                version.Sid
                            ))
                        )
                        .Concat(
                            composition.Removed.Select(version => new ReportedAsset(
                                version.Path,
                                version.Visibility,
                                AssetChange.Removed,
                                null,
                                null,
                                version.Sid
                            ))
                        )
                        .OrderBy(asset => asset.Path, StringComparer.Ordinal),
                ],
            }
        );

    internal void OnPlanned(UploadPlan plan) =>
        Change(report =>
            report with
            {
                ServiceSid = plan.ServiceSid,
                Plan = plan,
                Assets =
                [
                    .. plan
                        .Assets.Select(planned => new ReportedAsset(
                            planned.Asset.Path,
                            planned.Asset.Visibility,
                            Describe(planned.Change),
                            planned.Size,
                            planned.Asset.DisplayPath,
                            ""
                        ))
                        .Concat(
                            plan.Kept.Select(asset => new ReportedAsset(
                                asset.Path,
                                asset.Visibility,
                                AssetChange.Kept,
                                null,
                                null,
                                asset.AssetVersionSid
                            ))
                        )
                        .Concat(
                            plan.Removed.Select(asset => new ReportedAsset(
                                asset.Path,
                                asset.Visibility,
                                AssetChange.Removed,
                                null,
                                null,
                                asset.AssetVersionSid
                            ))
                        )
                        .OrderBy(asset => asset.Path, StringComparer.Ordinal),
                ],
            }
        );

    /// <summary>Something was done that no other result tells.</summary>
    /// <param name="sentence">With a full stop.</param>
    internal void OnDone(string serviceSid, SanitizedText sentence) =>
        Change(report => report with { ServiceSid = serviceSid, Done = sentence.Render(Terms) });

    internal void OnLive(DeployResult result) =>
        Change(report => report with { ServiceSid = result.ServiceSid, BuildSid = result.BuildSid, Live = result });

    private Diagnostic Worded(Diagnostic diagnostic) => diagnostic with { Text = diagnostic.Text.Resolve(Terms) };

    private static ReportedAsset Describe(UploadedAsset uploaded) =>
        new(
            uploaded.Asset.Path,
            uploaded.Asset.Visibility,
            uploaded.Status == AssetStatus.Unchanged ? AssetChange.Unchanged
                : uploaded.IsNew ? AssetChange.New
                : AssetChange.Changed,
            uploaded.Size,
            uploaded.Asset.DisplayPath,
            uploaded.AssetVersionSid
        );

    private static AssetChange Describe(LiveChange change) =>
        change switch
        {
            LiveChange.New => AssetChange.New,
            LiveChange.Changed => AssetChange.Changed,
            _ => AssetChange.Unchanged,
        };

    private static IEnumerable<ReportedAsset> Describe(IEnumerable<ManifestAsset> assets, AssetChange change) =>
        assets.Select(asset => new ReportedAsset(
            asset.Path,
            asset.Visibility,
            change,
            asset.Size,
            asset.File,
            asset.AssetVersionSid
        ));

    private void Change(Func<RunReport, RunReport> change)
    {
        lock (_lock)
        {
            _report = change(_report);
        }
    }
}
