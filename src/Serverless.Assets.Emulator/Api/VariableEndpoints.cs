using System.Globalization;
using System.Text;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// <c>/v1/Services/{service}/Environments/{environment}/Variables</c>. The service's description does not say
/// that keys are unique, so the emulator accepts a key more than once.
/// </summary>
internal sealed class VariableEndpoints(Stores stores)
{
    private const string Variables = "/v1/Services/{service}/Environments/{environment}/Variables";
    private const string Item = $"{Variables}/{{variable}}";

    public void Map(ApiRoutes routes)
    {
        routes.Get(Variables, "Variable.List", List);
        routes.Post(Variables, "Variable.Create", Create);
        routes.Get(Item, "Variable.Fetch", call => ApiResponse.Ok(VariableResponse.From(call.GetVariable(), call)));
        routes.Post(Item, "Variable.Update", Update);
        routes.Delete(Item, "Variable.Delete", Delete);
    }

    private ApiResponse List(ApiCall call) =>
        Paging.List(
            call,
            "variables",
            cursor => stores.Variables.GetPage(call.GetEnvironment().Sid, cursor),
            VariableResponse.From
        );

    private ApiResponse Create(ApiCall call)
    {
        var key = call.Form.GetRequired("Key", ServiceLimits.MaxVariableKeyLength);
        var value = FindValue(call) ?? throw RequestForm.Missing("Value");
        return stores.InTransaction(() =>
        {
            var environment = call.GetEnvironment();
            var variable = new Variable(
                Sid.Create("ZV"),
                call.AccountSid,
                environment.ServiceSid,
                environment.Sid,
                key,
                value,
                call.Now,
                call.Now
            );
            stores.Variables.Insert(variable);
            return ApiResponse.Created(VariableResponse.From(variable, call));
        });
    }

    private ApiResponse Update(ApiCall call)
    {
        var key = call.Form.Find("Key") is null
            ? null
            : call.Form.GetRequired("Key", ServiceLimits.MaxVariableKeyLength);
        var value = FindValue(call);
        return stores.InTransaction(() =>
        {
            var variable = call.GetVariable();
            variable = variable with { Key = key ?? variable.Key, Value = value ?? variable.Value, Updated = call.Now };
            stores.Variables.Update(variable);
            return ApiResponse.Ok(VariableResponse.From(variable, call));
        });
    }

    private ApiResponse Delete(ApiCall call)
    {
        stores.Variables.Delete(call.GetVariable().Sid);
        return ApiResponse.NoContent;
    }

    /// <summary>The value, which can be empty or have several lines; null if the request has none.</summary>
    private static string? FindValue(ApiCall call)
    {
        var value = call.Form.Find("Value");
        if (value is null)
        {
            return null;
        }

        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw ApiException.Invalid("Value contains characters that are not allowed"); // in no environment variable
        }

        return Encoding.UTF8.GetByteCount(value) <= ServiceLimits.MaxVariableValueSize
            ? value
            : throw ApiException.Invalid(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Value is longer than {ServiceLimits.MaxVariableValueSize} bytes"
                )
            );
    }
}

internal sealed record VariableResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string EnvironmentSid,
    string Key,
    string Value,
    DateTimeOffset DateCreated,
    DateTimeOffset DateUpdated,
    string Url
)
{
    public static VariableResponse From(Variable variable, ApiCall call) =>
        new(
            variable.Sid,
            variable.AccountSid,
            variable.ServiceSid,
            variable.EnvironmentSid,
            variable.Key,
            variable.Value,
            variable.Created,
            variable.Updated,
            $"{call.GetServiceUrl(variable.ServiceSid)}/Environments/{variable.EnvironmentSid}"
                + $"/Variables/{variable.Sid}"
        );
}
