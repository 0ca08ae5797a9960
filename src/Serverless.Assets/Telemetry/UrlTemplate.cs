using System.Text;

namespace Serverless.Assets.Telemetry;

/// <summary>An address with names in the places of what differs from request to request, so that requests of a kind can be counted together.</summary>
internal static class UrlTemplate
{
    /// <summary><c>/v1/Services/ZS…/Assets/ZH…/Versions</c> is <c>/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions</c>: lists and the SIDs of their members take turns.</summary>
    public static string Of(Uri address)
    {
        var segments = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var template = new StringBuilder();
        for (var i = 0; i < segments.Length; i++)
        {
            var isMember = i > 0 && i % 2 == 0;
            template.Append('/').Append(isMember ? $"{{{segments[i - 1].TrimEnd('s')}Sid}}" : segments[i]);
        }

        return template.ToString();
    }
}
