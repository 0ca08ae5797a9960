using System.Globalization;

namespace Serverless.Assets.Reporting;

/// <summary>The sentence that a summary begins with: how the run ended, and where to look.</summary>
internal static class MarkdownHeadline
{
    public static string Of(RunReport report) =>
        report switch
        {
            { Errors: { Count: > 0 } errors, Live: { } live } =>
                $"❌ **Failed**, {Count(errors.Count, "error")}. Live in {MarkdownText.Code(live.Environment)} is {MarkdownText.Code(live.BuildSid)}: {Address(live.Url)}",
            { Errors: { Count: > 0 } errors } => $"❌ **Failed**, {Count(errors.Count, "error")}.",
            { IsCancelled: true, Live: { IsChanged: true, VerifiedAssets: null } live } =>
                $"🛑 **Cancelled** after {MarkdownText.Code(live.BuildSid)} went live in {MarkdownText.Code(live.Environment)}: {Address(live.Url)} Nobody has looked whether the site is right. Before, {(live.PreviousBuildSid is { } before ? MarkdownText.Code(before) : "nothing")} was live.",
            { IsCancelled: true } =>
                "🛑 **Cancelled**. What was uploaded by then is remembered; the next run goes on from there.",
            { Live: { IsChanged: true } live } =>
                $"✅ **Live** in {MarkdownText.Code(live.Environment)}: {Address(live.Url)}{Verified(live.VerifiedAssets)}{Uploaded(report)}",
            { Live: { } live } =>
                $"✅ **Nothing changed** in {MarkdownText.Code(live.Environment)}: {Address(live.Url)}{Verified(live.VerifiedAssets)}{Uploaded(report)}",
            { Plan: { } plan } => $"🔍 **Plan**, nothing was changed. {Planned(plan)}",
            { BuildSid: { } build } =>
                $"✅ **Built** {MarkdownText.Code(build)}, which is not live yet.{Uploaded(report)}",
            { Uploaded: 0 } => $"✅ **Nothing changed**: {Count(report.Unchanged ?? 0, "file")} uploaded before.",
            { Uploaded: not null } => $"✅ **Uploaded**, not live yet.{Uploaded(report)}",
            { Done: { } done } => $"✅ {MarkdownText.Sentence(done)}",
            _ => "⚪ **Nothing was done**.",
        };

    private static string Planned(UploadPlan plan)
    {
        var uploads = plan.Assets.Where(asset => asset.Action == Planning.PlannedAction.Upload).ToList();
        var live = plan.LiveBuildSid is { } build
            ? $"what is live in {MarkdownText.Code(plan.Environment)}, {MarkdownText.Code(build)}"
            : $"{MarkdownText.Code(plan.Environment)}, where nothing is live";
        return $"An upload would send {Count(uploads.Count, "file")} ({ByteSize.Format(uploads.Sum(asset => asset.Size))}). Compared with {live}:";
    }

    private static string Uploaded(RunReport report) =>
        report.Uploaded is { } uploaded
            ? $" {Count(uploaded, "file")} uploaded, {report.Unchanged?.ToString(CultureInfo.InvariantCulture)} unchanged."
            : "";

    private static string Verified(int? assets) => assets is { } count ? $" ({Count(count, "asset")} verified)" : "";

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>An address has been escaped as addresses are: no character of it ends the link.</summary>
    private static string Address(Uri url) => $"<{url.AbsoluteUri}>";
}
