using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Serverless.Assets.TestSupport;

/// <summary>A span as a collector receives it.</summary>
/// <param name="Parent">Hexadecimal; empty for a root span.</param>
/// <param name="Kind">1: internal, 3: client.</param>
/// <param name="Status">0: unset, 2: error.</param>
internal sealed record OtlpSpan(
    string TraceId,
    string SpanId,
    string Parent,
    string Name,
    long Kind,
    long Status,
    IReadOnlyDictionary<string, string> Attributes
);

/// <summary>A point of a metric as a collector receives it.</summary>
/// <param name="Value">The last value, the sum, or the count of a histogram.</param>
/// <param name="Bounds">The bounds of a histogram's buckets.</param>
internal sealed record OtlpPoint(
    string Metric,
    string Unit,
    double Value,
    IReadOnlyList<double> Bounds,
    IReadOnlyDictionary<string, string> Attributes
);

/// <summary>
/// An OpenTelemetry collector that keeps the traces and metrics it receives over http/protobuf and gRPC.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<ProtoMessage> _traces = [];
    private readonly ConcurrentQueue<ProtoMessage> _metrics = [];
    private readonly ConcurrentQueue<string> _paths = [];

    private OtlpReceiver(WebApplication server) => _server = server;

    /// <summary>The status of its responses.</summary>
    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    public string HttpUrl => Addresses().First();

    public string GrpcUrl => Addresses().Last();

    /// <summary>The paths of the requests, sorted.</summary>
    public IReadOnlyList<string> Paths => [.. _paths.Order(StringComparer.Ordinal)];

    public IReadOnlyList<OtlpSpan> Spans =>
        [
            .. _traces
                .SelectMany(request => request.Messages(1))
                .SelectMany(resource => resource.Messages(2))
                .SelectMany(scope => scope.Messages(2))
                .Select(span => new OtlpSpan(
                    span.Hex(1),
                    span.Hex(2),
                    span.Hex(4),
                    span.Text(5),
                    span.Number(6),
                    span.Messages(15).Sum(status => status.Number(3)),
                    Attributes(span, 9)
                )),
        ];

    /// <summary>The attributes of the sender of the traces and metrics, once for each request.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Resources =>
        [
            .. _traces
                .Concat(_metrics)
                .SelectMany(request => request.Messages(1))
                .Select(resource => Attributes(resource.Message(1), 1)),
        ];

    public IReadOnlyList<OtlpPoint> Points =>
        [
            .. _metrics
                .SelectMany(request => request.Messages(1))
                .SelectMany(resource => resource.Messages(2))
                .SelectMany(scope => scope.Messages(2))
                .SelectMany(PointsOf),
        ];

    public static async Task<OtlpReceiver> StartAsync(HttpStatusCode status = HttpStatusCode.OK)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var receiver = new OtlpReceiver(builder.Build()) { Status = status };
        receiver._server.Run(receiver.TakeAsync);
        await receiver._server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext call)
    {
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body, call.RequestAborted);
        var path = call.Request.Path.Value!;
        _paths.Enqueue(path);
        var isGrpc = call.Request.ContentType == "application/grpc";
        const int GrpcPrefix = 5; // whether the message is compressed, and its length
        var message = new ProtoMessage(body.ToArray().AsSpan(isGrpc ? GrpcPrefix : 0));
        (path.Contains("trace", StringComparison.OrdinalIgnoreCase) ? _traces : _metrics).Enqueue(message);
        call.Response.StatusCode = (int)Status;
        if (isGrpc)
        {
            call.Response.ContentType = "application/grpc";
            call.Response.AppendTrailer("grpc-status", "0");
            await call.Response.Body.WriteAsync(new byte[GrpcPrefix], call.RequestAborted);
        }
        else
        {
            call.Response.ContentType = "application/x-protobuf";
        }
    }

    private ICollection<string> Addresses() =>
        _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    /// <summary>The points of a gauge, a sum or a histogram.</summary>
    private static IEnumerable<OtlpPoint> PointsOf(ProtoMessage metric)
    {
        foreach (var point in metric.Messages(5).Concat(metric.Messages(7)).SelectMany(data => data.Messages(1)))
        {
            yield return new OtlpPoint(
                metric.Text(1),
                metric.Text(3),
                point.Has(4) ? point.Double(4) : point.Number(6),
                [],
                Attributes(point, 7)
            );
        }

        foreach (var point in metric.Messages(9).SelectMany(data => data.Messages(1)))
        {
            yield return new OtlpPoint(
                metric.Text(1),
                metric.Text(3),
                point.Number(4),
                point.Doubles(7),
                Attributes(point, 9)
            );
        }
    }

    private static Dictionary<string, string> Attributes(ProtoMessage of, int field) =>
        of.Messages(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.Message(2)));

    private static string Value(ProtoMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(3) ? value.Number(3).ToString(CultureInfo.InvariantCulture)
        : value.Has(4) ? value.Double(4).ToString(CultureInfo.InvariantCulture)
        : value.Has(5) ? string.Join(',', value.Message(5).Messages(1).Select(Value))
        : "";
}
