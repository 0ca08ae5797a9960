using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>Adds a Log for each request to a Function, because the emulator does not run Functions.</summary>
internal sealed class FunctionLog(Stores stores, EmulatorClock clock)
{
    private const int MaxMessageLength = 500;

    /// <param name="domain">The domain of the site that the request is for.</param>
    /// <param name="function">What the site found at the path of the request.</param>
    public void Add(string domain, ResourceVersion function, HttpRequest request)
    {
        var now = clock.Now;
        stores.InTransaction(() =>
        {
            // Null if the Environment was deleted or its site was taken down in the meantime.
            if (stores.Deployments.FindVisible(domain, now) is { BuildSid: { } buildSid } deployment)
            {
                stores.Logs.Insert(
                    new Log(
                        Sid.Create("NO"),
                        deployment.AccountSid,
                        deployment.ServiceSid,
                        deployment.EnvironmentSid,
                        buildSid,
                        deployment.Sid,
                        function.ResourceSid,
                        Sid.Create("RQ"),
                        "warning",
                        CreateMessage(request),
                        now
                    )
                );
            }

            return true;
        });
    }

    /// <summary>Contains only printable ASCII characters of the request.</summary>
    internal static string CreateMessage(HttpRequest request)
    {
        var method = string.Concat(request.Method.Select(c => char.IsAsciiLetter(c) ? c : '?'));
        var path = Uri.EscapeDataString(request.Path.Value!).Replace("%2F", "/", StringComparison.Ordinal);
        var message = $"The emulator does not run Functions. Request: {method} {path}";
        return message.Length <= MaxMessageLength ? message : $"{message[..(MaxMessageLength - 1)]}…";
    }
}
