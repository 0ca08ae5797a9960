namespace Serverless.Assets.Emulator.Api;

/// <summary>One request that is known to be allowed, with all of its input.</summary>
internal sealed class ApiCall(HttpContext http, RequestForm form, string accountSid, DateTimeOffset now)
{
    public RequestForm Form => form;

    public HttpRequest Request => http.Request;

    /// <summary>Whose resources this request creates.</summary>
    public string AccountSid => accountSid;

    /// <summary>The emulated time, the same throughout the request.</summary>
    public DateTimeOffset Now => now;

    public int Port => http.Connection.LocalPort;

    /// <summary>Where the addresses in answers begin.</summary>
    public string Origin => $"{http.Request.Scheme}://{http.Request.Host}";

    /// <summary>A segment of the address that the route names.</summary>
    public string Route(string name) => (string)http.Request.RouteValues[name]!;
}
