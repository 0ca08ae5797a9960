using System.Globalization;
using System.Net;
using System.Text;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>
/// Creates requests that a client should not send, to all endpoints. The same number creates the same request, whatever
/// was created before. None of them deletes the resources that others name.
/// </summary>
internal sealed class HostileRequests(int seed, int port, HostileTargets targets)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Characters after which a form gets no more fields: a little more than the emulator accepts.</summary>
    private const int MaxForm = 4 * 1024 * 1024;

    private static readonly Ending[] Incomplete = [Ending.Finish, Ending.Close, Ending.Reset, Ending.Stall];

    public HostileRequest Create(int number)
    {
        var random = new Random(HashCode(seed, number));
        var (kind, request) = random.Next(18) switch
        {
            < 5 => ("upload", CreateUpload(random)),
            < 7 => ("form", CreateForm(random)),
            < 9 => ("list", CreateList(random)),
            < 11 => ("settings", CreateSettings(random)),
            < 13 => ("site", CreateSite(random)),
            < 15 => ("page", CreatePage(random)),
            < 17 => ("control", CreateControl(random)),
            _ => ("wire", HostileWire.Create(random, port)),
        };
        return random.Next(8) switch
        {
            0 => new HostileRequest($"{kind}, damaged", HostileWire.Damage(request.Bytes, random), Ending.Finish),
            1 => new HostileRequest(
                $"{kind}, cut off",
                request.Bytes[..random.Next(request.Bytes.Length)],
                random.GetItems(Incomplete, 1)[0]
            ),
            _ => new HostileRequest(
                kind,
                request.Bytes,
                request.IsComplete ? Ending.Read : random.GetItems(Incomplete, 1)[0]
            ),
        };
    }

    /// <summary>Unlike that of <see cref="System.HashCode"/>, the same in each process.</summary>
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + (number * 7_919));

    private RawBytes CreateUpload(Random random)
    {
        var collection = random.Next(4) == 0 ? "Functions" : "Assets";
        var resource =
            random.Next(8) == 0 ? HostileText.CreateToken(random)
            : collection == "Assets" ? targets.Asset
            : targets.Function;
        var boundary = random.Next(10) == 0 ? HostileText.CreateToken(random) : "b";
        var type = random.Next(12) switch
        {
            0 => "multipart/mixed; boundary=b",
            1 => $"multipart/form-data; boundary=\"{boundary}\"; boundary=c",
            2 => "multipart/form-data",
            3 => Form,
            _ => $"multipart/form-data; boundary={boundary}",
        };
        return Send(
            random,
            "POST",
            $"/v1/Services/{targets.Service}/{collection}/{resource}/Versions",
            type,
            HostileMultipart.Create(random, boundary)
        );
    }

    private RawBytes CreateForm(Random random)
    {
        var target = random.GetItems(
            [
                "/v1/Services",
                $"/v1/Services/{targets.Service}",
                $"/v1/Services/{targets.Service}/Assets",
                $"/v1/Services/{targets.Service}/Assets/{targets.Asset}",
                $"/v1/Services/{targets.Service}/Functions",
                $"/v1/Services/{targets.Service}/Builds",
                $"/v1/Services/{targets.Service}/Environments",
                $"/v1/Services/{targets.Service}/Environments/{targets.Environment}/Deployments",
                $"/v1/Services/{targets.Service}/Environments/{targets.Environment}/Variables",
                $"/v1/Services/{HostileText.CreateToken(random)}/Assets",
            ],
            1
        )[0];
        string[] names =
        [
            "UniqueName",
            "FriendlyName",
            "IncludeCredentials",
            "DomainSuffix",
            "BuildSid",
            "AssetVersions",
            "Dependencies",
            "Runtime",
            "Key",
            "Value",
            HostileText.Create(random),
        ];
        var fields = new StringBuilder();
        for (var left = random.Next(20) == 0 ? 500 : random.Next(8); left > 0 && fields.Length < MaxForm; left--)
        {
            fields.Append(CultureInfo.InvariantCulture, $"{random.GetItems(names, 1)[0]}={CreateValue(random)}&");
        }

        return Send(
            random,
            random.GetItems(["POST", "POST", "POST", "PUT", "PATCH", "HEAD"], 1)[0],
            target,
            random.Next(6) == 0 ? HostileText.CreateToken(random) : Form,
            fields.ToString()
        );
    }

    private string CreateValue(Random random) =>
        random.Next(6) switch
        {
            0 => targets.Version,
            1 => WebUtility.UrlEncode(HostileJson.Create(random)),
            _ => HostileText.Create(random),
        };

    private RawBytes CreateList(Random random)
    {
        var service = $"/v1/Services/{targets.Service}";
        var path = random.GetItems(
            [
                "/v1/Services",
                $"{service}/Assets",
                $"{service}/Assets/{targets.Asset}/Versions",
                $"{service}/Builds/{targets.Build}/Status",
                $"{service}/Environments/{targets.Environment}/Logs",
                $"{service}/Functions/{HostileText.CreateToken(random)}/Versions/{targets.Version}/Content",
                $"/v1/{HostileText.CreateToken(random)}",
            ],
            1
        )[0];
        var parameters = Enumerable
            .Range(0, random.Next(5))
            .Select(_ =>
                $"{random.GetItems(["Page", "PageSize", "PageToken", "FunctionSid", "StartDate", HostileText.CreateToken(random)], 1)[0]}"
                + $"={HostileText.CreateToken(random)}"
            );
        var method = random.GetItems(["GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "TRACE", "BREW", "get"], 1)[0];
        return Send(random, method, $"{path}?{string.Join('&', parameters)}", type: null, body: "");
    }

    private RawBytes CreateSettings(Random random) =>
        Send(
            random,
            random.Next(5) == 0 ? "POST" : "PUT",
            random.GetItems(["/__emulator/faults", "/__emulator/behavior"], 1)[0],
            random.Next(4) == 0 ? HostileText.CreateToken(random) : "application/json",
            HostileJson.Create(random)
        );

    /// <summary>
    /// Creates a request that resets the emulator, unless it is refused. Unlike the others, it deletes the resources that they
    /// name.
    /// </summary>
    public HostileRequest CreateReset(int number)
    {
        var random = new Random(HashCode(seed, number));
        var origin = random.Next(4) == 0 ? $"Origin: {HostileText.CreateToken(random)}\n" : "";
        var type = random.Next(3) == 0 ? HostileText.CreateToken(random) : Form;
        var body = random.Next(2) == 0 ? "" : HostileText.Create(random);
        var request = Send(random, "POST", "/reset", type, body, origin);
        return new HostileRequest(
            "reset",
            request.Bytes,
            request.IsComplete ? Ending.Read : random.GetItems(Incomplete, 1)[0]
        );
    }

    /// <summary>The forms of the pages, and control endpoints without a body of JSON.</summary>
    private RawBytes CreateControl(Random random)
    {
        var path = random.GetItems(
            [
                "/faults",
                "/faults/preset",
                "/behavior",
                "/__emulator/stats/reset",
                "/__emulator/faults/presets",
                "/__emulator/health",
                $"/__emulator/leases/{HostileText.CreateToken(random)}/{HostileText.CreateToken(random)}",
            ],
            1
        )[0];
        string[] names = ["preset", "seed", "rate500", "failListPage", "rejectPathContains", "supportedRuntimes"];
        var isMultipart = random.Next(3) == 0;
        var body = isMultipart
            ? HostileMultipart.Create(random, "b")
            : string.Join(
                '&',
                Enumerable
                    .Range(0, random.Next(20) == 0 ? 2_000 : random.Next(8))
                    .Select(_ => $"{random.GetItems(names, 1)[0]}={HostileText.Create(random)}")
            );
        var type =
            random.Next(6) == 0 ? HostileText.CreateToken(random)
            : isMultipart ? "multipart/form-data; boundary=b"
            : Form;
        return Send(random, random.GetItems(["POST", "POST", "POST", "PUT", "DELETE"], 1)[0], path, type, body);
    }

    private RawBytes CreateSite(Random random)
    {
        var path = random.GetItems(["/a.txt", "/private.txt", "/signed.txt", "/function", "/"], 1)[0];
        var host = random.Next(6) == 0 ? $"{HostileText.CreateToken(random)}.localhost" : targets.Domain;
        string[] names =
        [
            "Range",
            "If-None-Match",
            "If-Range",
            "If-Modified-Since",
            "Accept-Encoding",
            "Accept",
            "X-Twilio-Signature",
            "Cookie",
        ];
        string[] values =
        [
            "bytes=0-0",
            "bytes=5-2",
            "bytes=-99999999999999999999",
            "bytes=0-9223372036854775807",
            "bytes=" + string.Join(',', Enumerable.Repeat("0-1", 500)),
            "lines=0-1",
            "\"",
            "W/\"x\", *, \"",
            "gzip;q=99, br;q=-1, *;q=",
            "text/html;q=x",
            "Thu, 99 Foo 2026 99:99:99 GMT",
            HostileText.CreateToken(random),
        ];
        var headers = string.Concat(
            Enumerable
                .Range(0, random.Next(1, 4))
                .Select(_ => $"{random.GetItems(names, 1)[0]}: {random.GetItems(values, 1)[0]}\n")
        );
        var isPost = random.Next(3) == 0;
        return Send(
            random,
            isPost ? "POST" : random.GetItems(["GET", "GET", "HEAD", "OPTIONS", "DELETE"], 1)[0],
            random.Next(3) == 0 ? $"{path}{HostileText.CreateToken(random)}" : path,
            isPost ? Form : null,
            isPost ? $"a={HostileText.Create(random)}" : "",
            headers,
            host
        );
    }

    private RawBytes CreatePage(Random random)
    {
        var service = $"/services/{targets.Service}";
        var path = random.GetItems(
            [
                "/",
                "/requests",
                service,
                $"{service}/environments/{targets.Environment}",
                $"{service}/builds/{HostileText.CreateToken(random)}",
                $"{service}/compare?from={targets.Build}&to={HostileText.CreateToken(random)}",
                $"{service}/assets/{targets.Asset}?version={HostileText.CreateToken(random)}",
                $"/services/{HostileText.CreateToken(random)}",
                "/__emulator/requests",
                $"/__emulator/requests/events?after={HostileText.CreateToken(random)}",
                "/__emulator/services",
                "/__emulator/stats",
                $"/__emulator/versions/{targets.Version}/content",
                $"/__emulator/versions/{HostileText.CreateToken(random)}/content",
                $"/__emulator/leases/{HostileText.CreateToken(random)}/{HostileText.CreateToken(random)}",
            ],
            1
        )[0];
        var origin = random.Next(4) == 0 ? $"Origin: {HostileText.CreateToken(random)}\n" : "";
        var request = Send(
            random,
            random.GetItems(["GET", "GET", "GET", "POST", "DELETE", "HEAD"], 1)[0],
            path,
            type: null,
            body: "",
            $"{origin}Last-Event-ID: {HostileText.CreateToken(random)}\n"
        );
        return request with { IsComplete = !path.Contains("/events", StringComparison.Ordinal) }; // it has no end
    }

    private RawBytes Send(
        Random random,
        string method,
        string target,
        string? type,
        string body,
        string headers = "",
        string? host = null
    )
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{method} {target} HTTP/1.1\n");
        head.Append(
            CultureInfo.InvariantCulture,
            $"Host: {(random.Next(30) == 0 ? HostileText.CreateToken(random) : host ?? $"127.0.0.1:{port}")}\n"
        );
        head.Append(CultureInfo.InvariantCulture, $"Authorization: {CreateAuthorization(random)}\n{headers}");
        if (type is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\n");
        }

        return HostileWire.AddBody(head.ToString(), body, random, isRequired: type is not null);
    }

    private static string CreateAuthorization(Random random)
    {
        var user = random.Next(12) == 0 ? HostileText.Create(random) : ApiClient.Account;
        var credentials = Convert.ToBase64String(Encoding.Latin1.GetBytes($"{user}:x"));
        return random.Next(20) switch
        {
            0 => HostileText.CreateToken(random),
            1 => $"Basic {HostileText.CreateToken(random)}",
            2 => $"Bearer {credentials}",
            _ => $"Basic {credentials}",
        };
    }
}
