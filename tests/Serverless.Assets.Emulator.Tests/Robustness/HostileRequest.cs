namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>What a client does after it has sent a request.</summary>
internal enum Ending
{
    /// <summary>It reads the response. The request is complete, so there is one.</summary>
    Read,

    /// <summary>It sends no more, and reads what there is to read.</summary>
    Finish,

    /// <summary>It closes the connection at once.</summary>
    Close,

    /// <summary>It resets the connection at once.</summary>
    Reset,

    /// <summary>It neither sends nor reads any more, and keeps the connection open.</summary>
    Stall,
}

/// <summary>The bytes of a request, and what the client does after it has sent them.</summary>
internal sealed record HostileRequest(string Kind, byte[] Bytes, Ending Ending);

/// <summary>The resources that hostile requests name.</summary>
internal sealed record HostileTargets(
    string Service,
    string Asset,
    string Version,
    string Function,
    string Build,
    string Environment,
    string Domain
)
{
    /// <summary>Creates a Service with a deployed site.</summary>
    public static async Task<HostileTargets> DeployAsync(ApiClient api)
    {
        var service = (await api.CreateServiceAsync()).Sid();
        var asset = await api.CreateAssetAsync(service, "/target.txt");
        var version = (await api.UploadAsync(service, asset, "/target.txt", "public", "target"u8.ToArray()))
            .Created()
            .Sid();
        var function = await api.CreateAssetAsync(service, "/target", "Functions");
        var functionVersion = (
            await api.UploadAsync(service, function, "/function", "public", "code"u8.ToArray(), collection: "Functions")
        )
            .Created()
            .Sid();
        string[] assets =
        [
            version,
            await api.AddAsync(service, "/a.txt", new string('a', 5_000)),
            await api.AddAsync(service, "/private.txt", "private", "private"),
            await api.AddAsync(service, "/signed.txt", "protected", "protected"),
        ];
        var build = (
            await api.PostAsync(
                $"/v1/Services/{service}/Builds",
                [.. assets.Select(sid => ("AssetVersions", sid)), ("FunctionVersions", functionVersion)]
            )
        )
            .Created()
            .Sid();
        var environment = await api.CreateEnvironmentAsync(service);
        (await api.DeployAsync(service, environment.Sid(), build)).Created();
        return new HostileTargets(
            service,
            asset,
            version,
            function,
            build,
            environment.Sid(),
            environment.Text("domain_name")!
        );
    }
}
