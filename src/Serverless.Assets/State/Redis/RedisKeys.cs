using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Settings;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>
/// The names of the keys of a Service. What a pull request may write has a prefix of its own, so that an ACL can tell it
/// from the rest. The braces keep the keys of a Service together in a cluster.
/// <list type="bullet">
/// <item><c>serverless-assets:1:{ZS…}:scope:NAME:version:HASH</c>: an upload; HASH is that of its <see cref="StateKey"/>.
/// </item>
/// <item><c>serverless-assets:1:{ZS…}:scope:NAME:asset:HASH</c>: the Asset of the path with this hash.</item>
/// <item><c>serverless-assets:1:{ZS…}:shared:turn:HASH</c>: which run uploads to the path now.</item>
/// <item><c>serverless-assets:1:{ZS…}:shared:touched:HASH</c>: that a run has uploaded to the path lately.</item>
/// <item><c>serverless-assets:1:{AC…}:shared:…</c>: the runs of the account, and its limit on requests.</item>
/// </list>
/// </summary>
internal sealed class RedisKeys(ServiceIdentity service, StateScope scope)
{
    /// <summary>1: the version of the format.</summary>
    private const string Prefix = "serverless-assets:1:";

    private readonly string _service = $"{Prefix}{{{service.Sid}}}:";
    private readonly string _account = $"{Prefix}{{{service.AccountSid}}}:shared:";

    /// <summary>The runs that use a host of the API, their usage, and the limit.</summary>
    public RedisKey[] ForRuns(Uri api)
    {
        var host = Hash(api.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        return [$"{_account}runs:{host}", $"{_account}usage:{host}", $"{_account}limit:{host}"];
    }

    public UploadKeys For(StateKey key)
    {
        var version = Hash(
            $"{key.AccountSid}\0{key.ServiceSid}\0{key.Path}\0{key.Visibility.ToWireValue()}\0{key.ContentType}\0{key.Sha256}"
        );
        var path = Hash(key.Path.Value);
        return new UploadKeys(
            $"{_service}scope:{scope.Name}:version:{version}",
            $"{_service}scope:{StateScope.Default.Name}:version:{version}",
            $"{_service}scope:{scope.Name}:asset:{path}",
            $"{_service}scope:{StateScope.Default.Name}:asset:{path}",
            $"{_service}shared:turn:{path}",
            $"{_service}shared:touched:{path}"
        );
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>The keys of one file.</summary>
/// <param name="Version">In the scope of the run.</param>
/// <param name="DefaultVersion">In the default scope, which every run reads.</param>
internal sealed record UploadKeys(
    RedisKey Version,
    RedisKey DefaultVersion,
    RedisKey Asset,
    RedisKey DefaultAsset,
    RedisKey Turn,
    RedisKey Touched
);
