using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// Compares exchanges with an <see cref="OpenApiDescription"/>. A successful request must be valid, and its response must
/// have exactly the described status and properties. Every other response must be an error of the service.
/// </summary>
/// <remarks>
/// A form with a field that is not described is invalid: either a client misspells it, or the emulator reads what the
/// service ignores. What the description lacks is accepted: <see cref="UploadTemplates"/>, <see cref="IgnoredFields"/> and values in
/// <see cref="OpenApiSchemas"/>, each with its reason.
/// </remarks>
internal sealed class ExchangeCheck(OpenApiDescription description)
{
    /// <summary>
    /// Uploads, which the description lacks because they are on another host and multipart. The response is that of the
    /// operation that fetches the version.
    /// </summary>
    private static readonly string[] UploadTemplates =
    [
        "/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions",
        "/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions",
    ];

    /// <summary>Fields that the description lacks: the public toolkit sends them, and the service ignores them.</summary>
    private static readonly (string Template, string Field)[] IgnoredFields =
    [
        ("/v1/Services/{ServiceSid}/Environments", "FriendlyName"),
    ];

    /// <summary>An error of the service, and the other form of a 429, as users of the service have seen it.</summary>
    private static readonly OpenApiDescription Errors = OpenApiFactsReader.Read(
        """
        schema error: object
          code: integer minimum=20000
          message: string minLength=1
          more_info: string format=uri
          status: integer

        schema detailed_error: object
          status: integer
          message: string minLength=1
          detail: string minLength=1
          code: integer minimum=20000
          moreInfo: string format=uri
        """
    );

    private static readonly OpenApiSchema ErrorSchema = Errors.Schemas.Named["error"];

    private static readonly OpenApiSchema DetailedErrorSchema = Errors.Schemas.Named["detailed_error"];

    /// <returns>What does not agree with the description; empty if everything does.</returns>
    public IReadOnlyList<string> Check(HttpExchange exchange) =>
        [.. exchange.IsSuccess ? CheckSuccess(exchange) : CheckError(exchange)];

    private IEnumerable<string> CheckSuccess(HttpExchange exchange)
    {
        if (description.FindOperation(exchange.Method, exchange.Path) is { } operation)
        {
            return
            [
                .. CheckRequest(exchange, operation),
                .. operation.Responses.TryGetValue(exchange.Status, out var schema)
                    ? CheckResponse(exchange, schema)
                    : [$"the status {exchange.Status} is not described"],
            ];
        }

        return IsUpload(exchange) ? CheckUpload(exchange) : ["the operation is not described"];
    }

    private bool IsUpload(HttpExchange exchange) =>
        exchange.Method == "POST"
        && description.FindOperation("GET", exchange.Path) is { } list
        && UploadTemplates.Contains(list.Template);

    private IEnumerable<string> CheckUpload(HttpExchange exchange)
    {
        var fetch = description.FindOperation("GET", $"{exchange.Path}/ZN00000000000000000000000000000000")!;
        return
        [
            .. exchange.Status == 201 ? [] : (string[])[$"the status is not 201 but {exchange.Status}"],
            .. exchange.Fields is null ? [] : (string[])["an upload is not multipart"],
            .. CheckResponse(exchange, fetch.Responses[200]),
        ];
    }

    private IEnumerable<string> CheckRequest(HttpExchange exchange, OpenApiOperation operation)
    {
        var path = operation
            .MatchPath(exchange.Path)!
            .ToDictionary(value => value.Key, value => new StringValues(value.Value), StringComparer.Ordinal);
        return
        [
            .. CheckParameters(path, operation, "path"),
            .. CheckParameters(exchange.Query, operation, "query"),
            .. exchange.Fields is { } fields
                ? CheckParameters(WithoutIgnored(fields, operation), operation, "form")
                : ["the body is not a URL-encoded form"],
        ];
    }

    private static Dictionary<string, StringValues> WithoutIgnored(
        IReadOnlyDictionary<string, StringValues> fields,
        OpenApiOperation operation
    ) =>
        fields
            .Where(field => !IgnoredFields.Contains((operation.Template, field.Key)))
            .ToDictionary(StringComparer.Ordinal);

    private IEnumerable<string> CheckParameters(
        IReadOnlyDictionary<string, StringValues> values,
        OpenApiOperation operation,
        string where
    )
    {
        var described = operation.Parameters.Where(parameter => parameter.Location == where).ToArray();
        foreach (var (name, texts) in values)
        {
            var location = $"{where} {name}";
            if (Array.Find(described, parameter => parameter.Name == name) is not { } parameter)
            {
                yield return $"{location} is not described";
                continue;
            }

            var items = parameter.Schema.Items;
            if (items is null && texts.Count > 1)
            {
                yield return $"{location} is repeated";
            }

            foreach (
                var problem in texts.SelectMany(text =>
                    description.Schemas.CheckText(text ?? "", items ?? parameter.Schema, location)
                )
            )
            {
                yield return problem;
            }
        }

        foreach (var parameter in described.Where(parameter => parameter.IsRequired))
        {
            if (!values.ContainsKey(parameter.Name))
            {
                yield return $"{where} {parameter.Name} is missing";
            }
        }
    }

    private IEnumerable<string> CheckResponse(HttpExchange exchange, OpenApiSchema? schema)
    {
        if (schema is not null)
        {
            return CheckBody(exchange, schema);
        }

        return exchange.Body.IsEmpty ? [] : [$"a response with the status {exchange.Status} has a body"];
    }

    private string[] CheckError(HttpExchange exchange)
    {
        if (exchange is { Status: 413 or 502 or 503, ContentType: "text/html" })
        {
            return []; // of the proxy in front of the service
        }

        string[] problems = [.. CheckBody(exchange, ErrorSchema)];
        if (problems.Length > 0 && (exchange.Status != 429 || CheckBody(exchange, DetailedErrorSchema).Any()))
        {
            return problems;
        }

        var error = JsonSerializer.Deserialize<JsonElement>(exchange.Body.Span);
        var status = error.GetProperty("status").GetInt32();
        var message = error.Text("message");
        return
        [
            .. status == exchange.Status ? [] : (string[])[$"body.status is not that of the response: {status}"],
            .. message.StartsWith("Unexpected error in the emulator", StringComparison.Ordinal)
                ? [message]
                : (string[])[],
        ];
    }

    private IEnumerable<string> CheckBody(HttpExchange exchange, OpenApiSchema schema)
    {
        if (exchange.ContentType != "application/json")
        {
            return [$"the content type is not application/json but {exchange.ContentType ?? "missing"}"];
        }

        try
        {
            return description.Schemas.CheckJson(
                JsonSerializer.Deserialize<JsonElement>(exchange.Body.Span),
                schema,
                "body"
            );
        }
        catch (JsonException exception)
        {
            return [$"the body is not JSON: {exception.Message}"];
        }
    }
}
