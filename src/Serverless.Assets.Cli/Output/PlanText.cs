using System.Globalization;
using System.Text;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Cli.Output;

/// <summary>A plan for people: the files to upload, then the totals.</summary>
internal static class PlanText
{
    /// <summary>Several lines, without a line end after the last.</summary>
    public static string Format(UploadPlan plan)
    {
        var text = new StringBuilder();
        if (plan.ServiceSid is null)
        {
            text.AppendLine("The Service does not exist yet and would be created.");
        }

        var toUpload = plan.Assets.Where(asset => asset.Action == PlannedAction.Upload).ToList();
        foreach (var planned in toUpload)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  upload  {planned.Asset.Visibility.ToWireValue(),-9} {ByteSize.Format(planned.Size),10}  {planned.Asset.Path}  ({Untrusted.Escape(planned.Asset.DisplayPath)})");
        }

        text.Append(CultureInfo.InvariantCulture, $"{toUpload.Count} to upload ({ByteSize.Format(toUpload.Sum(asset => asset.Size))}), {plan.Assets.Count - toUpload.Count} unchanged");
        return text.ToString();
    }
}
