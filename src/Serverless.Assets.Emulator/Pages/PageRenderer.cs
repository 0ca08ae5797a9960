using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serverless.Assets.Emulator.Pages;

/// <summary>Renders a Razor component as the HTML of a response. The component contains the whole page.</summary>
internal static class PageRenderer
{
    /// <summary>No inline styles and scripts, and nothing from other origins except links.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        + "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <param name="parameters">The parameters of the component, by name.</param>
    public static async Task SendAsync<TPage>(
        HttpContext context,
        int status = StatusCodes.Status200OK,
        params (string Name, object? Value)[] parameters
    )
        where TPage : IComponent
    {
        var html = await RenderAsync<TPage>(context.RequestServices, parameters);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(html), context.RequestAborted);
    }

    /// <summary>Makes the browser load a page after a form was sent.</summary>
    public static void Redirect(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
    }

    /// <param name="services">Those of the request.</param>
    /// <inheritdoc cref="SendAsync"/>
    public static async Task<string> RenderAsync<TPage>(
        IServiceProvider services,
        params (string Name, object? Value)[] parameters
    )
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var view = ParameterView.FromDictionary(
            parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value)
        );
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(view)).ToHtmlString()
        );
    }
}
