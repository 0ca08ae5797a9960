using Microsoft.AspNetCore.Http.Features;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Settings;

namespace Serverless.Assets.Emulator.Pages;

/// <summary>The page with the fault and behavior settings, and its forms.</summary>
internal sealed class SettingsEndpoints(EmulatorState state)
{
    /// <summary>Of a form, in bytes.</summary>
    private const long MaxSize = 64 * 1024;

    private static readonly FormOptions Limits = new() { BufferBody = false, ValueLengthLimit = (int)MaxSize };

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(
            PageUrls.Faults,
            context => ShowAsync(context, CreateView(context.Request.Query["saved"] == "1"))
        );
        endpoints.MapPost(PageUrls.Faults, SaveFaultsAsync);
        endpoints.MapPost(PageUrls.Preset, ApplyPresetAsync);
        endpoints.MapPost(PageUrls.Behavior, SaveBehaviorAsync);
    }

    private Task SaveFaultsAsync(HttpContext context) =>
        SaveAsync(
            context,
            form => state.Faults.Settings = SettingsView.FaultsForm.Read(form),
            form => CreateView() with { Faults = SettingsView.FaultsForm.Show(form) }
        );

    /// <summary>A preset replaces all fault settings; without a name, all faults are turned off.</summary>
    private Task ApplyPresetAsync(HttpContext context) =>
        SaveAsync(context, form => state.Faults.Settings = FindPreset(form["preset"].ToString()), _ => CreateView());

    /// <exception cref="SettingsException">There is no such preset.</exception>
    private static EmulatorFaults FindPreset(string name) =>
        name.Length == 0
            ? new EmulatorFaults()
            : FaultPresets.Find(name)?.Settings
                ?? throw new SettingsException($"There is no preset '{name}'.", line: null);

    private Task SaveBehaviorAsync(HttpContext context) =>
        SaveAsync(
            context,
            form => state.Behavior.Current = SettingsView.BehaviorForm.Read(form),
            form => CreateView() with { Behavior = SettingsView.BehaviorForm.Show(form) }
        );

    /// <param name="show">The page with what was sent, if it is not valid.</param>
    private static async Task SaveAsync(
        HttpContext context,
        Action<IFormCollection> save,
        Func<IFormCollection, SettingsView> show
    )
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxSize;
        if (!context.Request.HasFormContentType)
        {
            throw ApiException.Invalid("The body must be a form");
        }

        var form = await context.Request.ReadFormAsync(Limits, context.RequestAborted);
        try
        {
            save(form);
        }
        catch (SettingsException exception)
        {
            await ShowAsync(context, show(form) with { Error = exception.Message }, StatusCodes.Status400BadRequest);
            return;
        }

        PageRenderer.Redirect(context, $"{PageUrls.Faults}?saved=1");
    }

    private SettingsView CreateView(bool isSaved = false) => SettingsView.Create(state.Faults, state.Behavior, isSaved);

    private static Task ShowAsync(HttpContext context, SettingsView view, int status = StatusCodes.Status200OK)
    {
        context.Features.Set(view);
        return PageRenderer.SendAsync<FaultsPage>(context, status);
    }
}
