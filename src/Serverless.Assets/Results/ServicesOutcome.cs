using System.Globalization;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>Summarizes a completed operation on several Services. The outcome of each one follows below it.</summary>
internal static class ServicesOutcome
{
    /// <summary>What is not worth mentioning if another Service has changed.</summary>
    private static readonly RunOutcomeKind[] Unchanged =
    [
        RunOutcomeKind.NothingDone,
        RunOutcomeKind.NothingChanged,
        RunOutcomeKind.Withdrawn,
        RunOutcomeKind.UpToDate,
    ];

    public static RunOutcome From(ServicesResult result)
    {
        var operations = result.GetOperations();
        var kinds = operations.Select(operation => RunOutcome.From(operation)).ToList();
        var kind = kinds
            .Select(outcome => outcome.Kind)
            .OrderBy(kind => Unchanged.Contains(kind))
            .FirstOrDefault(RunOutcomeKind.NothingDone);
        SanitizedText services = $"{Quantity.Format(operations.Count, "Service")}";
        return new RunOutcome(
            kind,
            operations switch
            {
                [UploadPlan, ..] => FromPlans([.. operations.OfType<UploadPlan>()], services),
                [UploadResult or WithdrawnResult, ..] => FromUploads([.. operations.OfType<UploadResult>()], services),
                _ =>
                    $"{services}: {string.Join(
                    ", ",
                    kinds
                        .GroupBy(outcome => outcome.Kind)
                        .Select(group => string.Create(
                            CultureInfo.InvariantCulture,
                            $"{group.Count()} {group.First().Title.ToLowerInvariant()}"
                        ))
                )}",
            }
        );
    }

    /// <summary>Formats the outcome for each Service, one per line, with the address of its site.</summary>
    public static IEnumerable<SanitizedText> GetLines(ServicesResult result) =>
        result.Services.Select(service => (SanitizedText)$"  {service.Name}: {RunOutcome.From(service.ToRun()).Line}");

    private static SanitizedText FromPlans(IReadOnlyList<UploadPlan> plans, SanitizedText services) =>
        $"{plans.Sum(plan => plan.UploadCount)} of {Quantity.Format(plans.Sum(plan => plan.Assets.Count), "file")} would "
        + $"be uploaded to {services} ({ByteSize.Format(plans.Sum(plan => plan.UploadSize))})";

    private static SanitizedText FromUploads(IReadOnlyList<UploadResult> uploads, SanitizedText services)
    {
        var (uploaded, unchanged) = (
            uploads.Sum(upload => upload.UploadedCount),
            uploads.Sum(upload => upload.UnchangedCount)
        );
        return uploaded == 0
            ? (SanitizedText)$"Nothing changed: {Quantity.Format(unchanged, "file")} already uploaded to {services}"
            : $"Uploaded {Quantity.Format(uploaded, "file")} "
                + $"({ByteSize.Format(uploads.Sum(upload => upload.UploadedSize))}) to {services} in "
                + $"{uploads.Sum(upload => upload.Duration.TotalSeconds):0.0} s, {unchanged} unchanged";
    }
}
