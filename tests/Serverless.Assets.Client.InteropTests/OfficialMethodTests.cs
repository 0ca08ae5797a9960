using System.Collections;
using System.Reflection;
using Twilio.Clients;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>
/// Calls every method for requests that Twilio's library has, also those that it gets with a later version. The other tests
/// of this project compare the results; this one finds a method that the emulator has no answer for.
/// </summary>
public sealed class OfficialMethodTests : InteropTest
{
    private static readonly string[] Verbs = ["Create", "Read", "Fetch", "Update", "Delete"];

    /// <summary>The values of parameters by name, without the <c>path</c> that begins those of URLs.</summary>
    private readonly Dictionary<string, object> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of resources and methods, such as <c>Service.AssetResource.CreateAsync</c>.</summary>
    public static TheoryData<string> Methods => [.. GetMethods().Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void The_operations_are_those_of_the_service() =>
        Assert.Equal((39, 39), (Count(isAsync: true), Count(isAsync: false)));

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_method_gets_the_result_that_it_expects(string name)
    {
        await CreateResourcesAsync();
        var requests = Emulator.Server.Requests.Count;

        var result = await InvokeAsync(GetMethods()[name]);

        var sent = Emulator.Server.Requests.Skip(requests).ToList();
        Assert.NotEmpty(sent);
        Assert.All(sent, request => Assert.InRange(request.Status ?? 0, 200, 299));
        switch (result)
        {
            case bool isDeleted:
                Assert.True(isDeleted);
                break;
            case IEnumerable list:
                var items = list.Cast<object>().ToList();
                Assert.NotEmpty(items);
                Assert.All(items, AssertComplete);
                break;
            default:
                AssertComplete(result);
                break;
        }
    }

    private static int Count(bool isAsync) =>
        GetMethods().Keys.Count(name => name.EndsWith("Async", StringComparison.Ordinal) == isAsync);

    /// <summary>The overloads that take the parameters one by one.</summary>
    private static Dictionary<string, MethodInfo> GetMethods() =>
        typeof(V1.ServiceResource)
            .Assembly.GetTypes()
            .Where(type =>
                type.Namespace?.StartsWith(typeof(V1.ServiceResource).Namespace!, StringComparison.Ordinal) == true
            )
            .Where(type => type.Name.EndsWith("Resource", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => Verbs.Any(verb => method.Name == verb || method.Name == $"{verb}Async"))
            .Where(method =>
                !method.GetParameters()[0].ParameterType.Name.EndsWith("Options", StringComparison.Ordinal)
            )
            .ToDictionary(method =>
                $"{method.DeclaringType!.FullName![(typeof(V1.ServiceResource).Namespace!.Length + 1)..]}.{method.Name}"
            );

    /// <summary>
    /// Asserts that the library found a value for every property, except the Build of an Environment, which a new one does
    /// not have.
    /// </summary>
    private static void AssertComplete(object resource) =>
        Assert.All(
            resource.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property =>
                Assert.True(
                    property.GetValue(resource) is not null || property.Name == nameof(EnvironmentResource.BuildSid),
                    $"{resource.GetType().Name}.{property.Name} is null"
                )
        );

    /// <summary>Creates a resource of each kind, and a Build that nothing uses, which can be deleted.</summary>
    private async Task CreateResourcesAsync()
    {
        var asset = await Api.CreateAssetAsync(ServiceSid);
        var assetVersion = (await Api.UploadAsync(ServiceSid, asset, "/a.txt", "public", [1])).Created().Sid();
        var function = await Api.CreateAssetAsync(ServiceSid, "/call", "Functions");
        var functionVersion = (
            await Api.UploadAsync(ServiceSid, function, "/call", "public", [1], "application/javascript", "Functions")
        )
            .Created()
            .Sid();
        var builds = $"/v1/Services/{ServiceSid}/Builds";
        var deployed = (await Api.PostAsync(builds, ("FunctionVersions", functionVersion))).Created().Sid();
        var unused = (await Api.PostAsync(builds, ("AssetVersions", assetVersion))).Created().Sid();
        var deployment = (await Api.DeployAsync(ServiceSid, EnvironmentSid, deployed)).Created().Sid();
        var variable = (await Api.CreateVariableAsync(ServiceSid, EnvironmentSid, "COLOR", "red")).Sid();
        var environment = $"/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}";
        await Api.SiteAsync((await Api.GetAsync(environment)).Ok().Text("domain_name"), "/call");
        var log = (await Api.GetAsync($"{environment}/Logs")).Ok().All("logs", "sid").Single();
        foreach (
            var (name, value) in new (string, object)[]
            {
                ("ServiceResource.Sid", ServiceSid),
                ("EnvironmentResource.Sid", EnvironmentSid),
                ("AssetResource.Sid", asset),
                ("AssetVersionResource.Sid", assetVersion),
                ("FunctionResource.Sid", function),
                ("FunctionVersionResource.Sid", functionVersion),
                ("FunctionVersionContentResource.Sid", functionVersion),
                ("BuildResource.Sid", unused),
                ("BuildStatusResource.Sid", unused),
                ("DeploymentResource.Sid", deployment),
                ("VariableResource.Sid", variable),
                ("LogResource.Sid", log),
                ("ServiceSid", ServiceSid),
                ("EnvironmentSid", EnvironmentSid),
                ("AssetSid", asset),
                ("FunctionSid", function),
                ("BuildSid", unused),
                ("AssetVersions", new List<string> { assetVersion }),
                ("FunctionVersions", new List<string> { functionVersion }),
                ("Dependencies", """[{"name":"lodash","version":"4.17.21"}]"""),
                ("Runtime", "node22"),
                ("UniqueName", "other"),
                ("FriendlyName", "Other"),
                ("DomainSuffix", "other"),
                ("Key", "SIZE"),
                ("Value", "1"),
                ("IncludeCredentials", true),
                ("UiEditable", true),
                ("IsPlugin", false),
                ("StartDate", Emulator.Clock.GetUtcNow().UtcDateTime.AddHours(-1)),
                ("EndDate", Emulator.Clock.GetUtcNow().UtcDateTime.AddHours(1)),
                ("PageSize", 1L),
                ("Limit", 1L),
            }
        )
        {
            _values.Add(name, value);
        }
    }

    private async Task<object> InvokeAsync(MethodInfo method)
    {
        var arguments = method.GetParameters().Select(parameter => GetArgument(method, parameter));
        var result = method.Invoke(null, [.. arguments])!;
        if (result is not Task task)
        {
            return result;
        }

        await task;
        return result.GetType().GetProperty("Result")!.GetValue(result)!;
    }

    private object GetArgument(MethodInfo method, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(ITwilioRestClient))
        {
            return Official;
        }

        var name = parameter.Name!.StartsWith("path", StringComparison.Ordinal) ? parameter.Name[4..] : parameter.Name;
        return _values.GetValueOrDefault($"{method.DeclaringType!.Name}.{name}")
            ?? _values.GetValueOrDefault(name)
            ?? throw new InvalidOperationException($"There is no value for the parameter {parameter.Name}.");
    }
}
