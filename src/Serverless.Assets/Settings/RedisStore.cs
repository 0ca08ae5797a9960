using System.Globalization;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>A Redis server that remembers uploads for many machines. Not a record, which would print the password.</summary>
/// <param name="host">A name or an IP address.</param>
/// <param name="isEncrypted">Whether the connection uses TLS.</param>
/// <param name="user">Null: the server's default user.</param>
/// <param name="password">Null: the server requires none.</param>
/// <param name="scope">The part of the state that the run writes to.</param>
internal sealed class RedisStore(
    string host,
    int port,
    bool isEncrypted,
    string? user,
    string? password,
    StateScope scope
)
{
    public const string UserVariable = "SERVERLESS_ASSETS_REDIS_USER";
    public const string PasswordVariable = "SERVERLESS_ASSETS_REDIS_PASSWORD";

    /// <summary>With and without TLS, as for <c>redis-cli</c>.</summary>
    private const int DefaultPort = 6379;

    public string Host => host;

    public int Port => port;

    public bool IsEncrypted => isEncrypted;

    public string? User => user;

    public string? Password => password;

    public StateScope Scope => scope;

    /// <summary>Such as <c>redis.example.com:6379</c>.</summary>
    public string Address =>
        string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':') ? $"[{host}]" : host)}:{port}");

    /// <summary>Whether the server is on this machine, as far as its name tells.</summary>
    public bool IsLocal => LoopbackNames.IsLoopback(new Uri($"redis://{Address}"));

    public override string ToString() => Address;

    /// <summary>Whether the value of <see cref="SettingTable.StateStore"/> is the URL of a Redis server.</summary>
    public static bool IsUrl(string value) =>
        value.StartsWith("redis://", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase);

    /// <param name="problems">Receives an error if the URL or the scope is not valid.</param>
    public static RedisStore? Read(SettingValues settings, Func<string, string?> environment, DiagnosticBag problems)
    {
        var url = settings.Get(SettingTable.StateStore);
        var scope = StateScope.Read(settings, environment, problems);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0 || parsed.Port == 0)
        {
            return Reject();
        }

        if (parsed.UserInfo.Length > 0)
        {
            problems.Add(ConfigurationDiagnostics.CredentialsInStateStore(UserVariable, PasswordVariable));
            return null;
        }

        if (parsed.PathAndQuery is not ("" or "/") || parsed.Fragment.Length > 0)
        {
            return Reject();
        }

        if (!IsTrusted(parsed, settings, environment))
        {
            problems.Add(
                ConfigurationDiagnostics.UntrustedStateStore(
                    settings.Project.ConfigFile!,
                    url,
                    SettingTable.StateStore.Property!
                )
            );
            return null;
        }

        return new RedisStore(
            parsed.IdnHost,
            parsed.IsDefaultPort || parsed.Port < 0 ? DefaultPort : parsed.Port,
            parsed.Scheme.Equals("rediss", StringComparison.OrdinalIgnoreCase),
            Find(UserVariable),
            Find(PasswordVariable),
            scope
        );

        RedisStore? Reject()
        {
            problems.Add(
                ConfigurationDiagnostics.InvalidSetting(
                    SettingTable.StateStore,
                    StateStoreSetting.Describe(url),
                    StateStoreSetting.Expected
                )
            );
            return null;
        }

        string? Find(string variable) => environment(variable) is { Length: > 0 } value ? value : null;
    }

    /// <summary>
    /// A config file can only name this machine, unless the environment names the same server: another one would get the
    /// password, and would decide what the run publishes.
    /// </summary>
    private static bool IsTrusted(Uri url, SettingValues settings, Func<string, string?> environment) =>
        !settings.IsFromConfigFile(SettingTable.StateStore)
        || LoopbackNames.IsLoopback(url)
        || settings.Get(SettingTable.StateStore) == environment(SettingTable.StateStore.Property!)?.Trim();
}
