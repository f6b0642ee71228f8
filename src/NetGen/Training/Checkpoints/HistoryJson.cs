using System.Globalization;
using System.Text.Json.Nodes;

namespace NetGen;

/// <summary>Results of epochs and warnings as JSON, for checkpoints.</summary>
internal static class HistoryJson
{
    /// <summary>The result of an epoch.</summary>
    public static JsonNode ToJson(EpochResult epoch)
    {
        var json = new JsonObject();
        var values = new CheckpointValues("an epoch", json);
        values.Set("epoch", epoch.Epoch);
        values.Set("loss", epoch.Loss);
        SetIfAny(values, "accuracy", epoch.Accuracy);
        SetIfAny(values, "val_loss", epoch.ValidationLoss);
        SetIfAny(values, "val_accuracy", epoch.ValidationAccuracy);
        values.Set("learning_rate", epoch.LearningRate);
        values.Set("seconds", epoch.Duration.TotalSeconds);
        values.Set("step_seconds", epoch.StepDuration.TotalSeconds);
        SetAll(json, "metrics", epoch.Metrics);
        SetAll(json, "val_metrics", epoch.ValidationMetrics);
        if (epoch.DeadUnits is { } units)
            json["dead_units"] = new JsonArray([.. units.Layers.Select(ToJson)]);
        return json;
    }

    /// <summary>A warning.</summary>
    public static JsonNode ToJson(TrainingWarning warning) => new JsonObject
    {
        ["kind"] = (int)warning.Kind,
        ["message"] = warning.Message,
        ["epoch"] = warning.Epoch,
    };

    /// <summary>Reads the result of an epoch.</summary>
    public static EpochResult Epoch(JsonObject json)
    {
        var values = new CheckpointValues("an epoch", json);
        return new EpochResult
        {
            Epoch = values.GetInt32("epoch"),
            Loss = values.GetNumber("loss"),
            Accuracy = IfAny(json, values, "accuracy"),
            ValidationLoss = IfAny(json, values, "val_loss"),
            ValidationAccuracy = IfAny(json, values, "val_accuracy"),
            Metrics = All(json, "metrics"),
            ValidationMetrics = All(json, "val_metrics"),
            DeadUnits = json["dead_units"] is JsonArray layers ? new DeadUnitReport([.. layers.OfType<JsonObject>().Select(Units)]) : null,
            LearningRate = (float)values.GetNumber("learning_rate"),
            Duration = values.GetSeconds("seconds"),
            StepDuration = values.GetSeconds("step_seconds"),
        };
    }

    /// <summary>Reads a warning.</summary>
    public static TrainingWarning Warning(JsonObject json)
    {
        var values = new CheckpointValues("a warning", json);
        return new TrainingWarning((TrainingWarningKind)values.GetInt32("kind"), values.GetText("message") ?? "", values.GetInt32("epoch"));
    }

    private static JsonNode ToJson(LayerDeadUnits layer) => new JsonObject
    {
        ["layer"] = layer.Layer,
        ["units"] = layer.Units,
        ["dead"] = string.Join(' ', layer.Dead),
    };

    private static LayerDeadUnits Units(JsonObject json)
    {
        var values = new CheckpointValues("dead units", json);
        string[] dead = (values.GetText("dead") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new LayerDeadUnits(
            values.GetText("layer") ?? "",
            values.GetInt32("units", least: 1),
            [
                .. dead.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int unit)
                    ? unit
                    : throw new InvalidDataException($"The checkpoint's dead unit '{text}' is no number.")),
            ]);
    }

    private static void SetIfAny(CheckpointValues values, string name, double? value)
    {
        if (value is { } number)
            values.Set(name, number);
    }

    private static void SetAll(JsonObject json, string name, IReadOnlyDictionary<string, double> values)
    {
        if (values.Count == 0)
            return;
        var all = new JsonObject();
        var set = new CheckpointValues("an epoch", all);
        foreach ((string key, double value) in values)
            set.Set(key, value);
        json[name] = all;
    }

    private static Dictionary<string, double> All(JsonObject json, string name) => json[name] is JsonObject all
        ? all.ToDictionary(value => value.Key, value => new CheckpointValues("an epoch", all).GetNumber(value.Key), StringComparer.Ordinal)
        : [];

    private static double? IfAny(JsonObject json, CheckpointValues values, string name) =>
        json.ContainsKey(name) ? values.GetNumber(name) : null;
}
