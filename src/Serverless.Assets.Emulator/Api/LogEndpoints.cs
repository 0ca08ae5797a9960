using System.Globalization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services/{service}/Environments/{environment}/Logs</c>.</summary>
internal sealed class LogEndpoints(LogStore store)
{
    private const string Logs = "/v1/Services/{service}/Environments/{environment}/Logs";

    private const string FunctionSid = "FunctionSid";
    private const string StartDate = "StartDate";
    private const string EndDate = "EndDate";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public void Map(ApiRoutes routes)
    {
        routes.Get(Logs, "Log.List", List);
        routes.Get($"{Logs}/{{log}}", "Log.Fetch", call => ApiResponse.Ok(LogResponse.From(call.GetLog(), call)));
    }

    private ApiResponse List(ApiCall call)
    {
        var environment = call.GetEnvironment();
        var filter = new LogFilter(
            FindFunctionSid(call.Request),
            Start: FindTime(call.Request, StartDate) ?? call.Now - TimeSpan.FromDays(1),
            End: FindTime(call.Request, EndDate) ?? call.Now
        );
        return Paging.List(
            call,
            "logs",
            cursor => store.GetPage(environment.Sid, filter, cursor),
            LogResponse.From,
            StartDate,
            EndDate,
            FunctionSid
        );
    }

    private static string? FindFunctionSid(HttpRequest request) =>
        Find(request, FunctionSid) switch
        {
            null => null,
            var sid when Sid.IsSid(sid, "ZH") => sid,
            _ => throw ApiException.Invalid($"{FunctionSid} is not the SID of a Function"),
        };

    private static DateTimeOffset? FindTime(HttpRequest request, string name) =>
        Find(request, name) switch
        {
            null => null,
            var text
                when DateTimeOffset.TryParseExact(
                    text,
                    TimeFormats,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var time
                ) => time,
            _ => throw ApiException.Invalid($"{name} is not a date and time such as 2018-11-10T20:00:00Z"),
        };

    private static string? Find(HttpRequest request, string name) =>
        request.Query[name] switch
        {
            [] or [null or ""] => null,
            [var value] => value,
            _ => throw ApiException.Invalid($"{name} occurs more than once in the query"),
        };
}

internal sealed record LogResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string EnvironmentSid,
    string BuildSid,
    string DeploymentSid,
    string FunctionSid,
    string RequestSid,
    string Level,
    string Message,
    DateTimeOffset DateCreated,
    string Url
)
{
    public static LogResponse From(Log log, ApiCall call) =>
        new(
            log.Sid,
            log.AccountSid,
            log.ServiceSid,
            log.EnvironmentSid,
            log.BuildSid,
            log.DeploymentSid,
            log.FunctionSid,
            log.RequestSid,
            log.Level,
            log.Message,
            log.Created,
            $"{call.GetServiceUrl(log.ServiceSid)}/Environments/{log.EnvironmentSid}/Logs/{log.Sid}"
        );
}
