using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// Names what a request works on without a SID, so that the same work of another run has the same name: its address
/// with each SID replaced by the resource's own name, the page, and the name or path in its form.
/// </summary>
internal sealed class FaultKeys(Database database)
{
    private static readonly string[] NamingFields = ["FriendlyName", "UniqueName", "Path"];

    public string Of(HttpRequest request, RequestForm form)
    {
        var segments = request
            .Path.ToString()
            .Split('/')
            .Select(segment => Sid.IsAnySid(segment) ? NameOf(segment) : segment);
        var named = NamingFields.Select(form.Find).OfType<string>().FirstOrDefault();
        return $"{string.Join('/', segments)}?{PageAddress.NumberOf(request)}#{named}";
    }

    private string NameOf(string sid) =>
        database.First(
            """
            SELECT unique_name FROM services WHERE sid = $1
            UNION ALL SELECT friendly_name FROM resources WHERE sid = $1
            UNION ALL SELECT unique_name FROM environments WHERE sid = $1
            """,
            row => row.GetString(0),
            sid
        ) ?? "*";
}
