//# mean-teacher
//: The outputs of the teacher's pass are the targets of the student's, which trains on them.
namespace Sample;

public static class MeanTeacher
{
    public static void Step(DigitNet teacher, DigitNet student, float[] images, Optimizer optimizer)
    {
        var noisy = teacher.BeginTraining(16);
        var learning = student.BeginTraining(16, seed: 1);
        noisy.Forward(images, new int[16]);
        learning.Forward(images, noisy.Outputs);
        learning.Backward();
        optimizer.Step(learning);
    }
}

//# pseudo-targets-copied
//: The same by way of an array that is scaled first.
namespace Sample;

public static class Distillation
{
    public static void Run(PriceNet teacher, PriceNet student, float[] flats, int epochs)
    {
        var soft = new float[flats.Length / 6];
        var from = teacher.BeginTraining(soft.Length);
        var to = student.BeginTraining(soft.Length);
        var optimizer = new Sgd(0.1f);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            from.Forward(flats, soft);
            from.Outputs.CopyTo(soft);
            for (int i = 0; i < soft.Length; i++) soft[i] *= 0.9f;
            to.Forward(flats, soft);
            to.Backward();
            optimizer.Step(to);
        }
    }
}

//# ensemble-without-seeds
//: Ten passes with the same seed give the same masks: the author wants an ensemble and has one thinned network. There is no sampling in it.
namespace Sample;

public static class Ensemble
{
    public static float[][] Members(DigitNet net, float[] image) =>
        [.. Enumerable.Range(0, 10).Select(_ =>
        {
            var pass = net.BeginTraining(1);
            pass.Forward(image, new int[1]);
            return pass.Outputs.ToArray(); // NG0201
        })];
}

//# confidence-summed-over-samples
//: The mean confidence over a test set: every sample goes through once, so nothing is averaged for any of them.
namespace Sample;

public static class Confidence
{
    public static float Mean(SpamNet net, float[][] mails)
    {
        float sum = 0;
        var pass = net.BeginTraining(1);
        foreach (float[] mail in mails)
        {
            pass.Forward(mail, new int[1]);
            sum += pass.Outputs[1]; // NG0201
        }

        return sum / mails.Length;
    }
}

//# constant-seed
//: A constant seed makes the wrong answer the same each time; it is no sign of sampling.
namespace Sample;

public static class Reader
{
    private const ulong Seed = 42;

    public static float Price(PriceNet net, float[] flat)
    {
        var pass = net.BeginTraining(1, Seed);
        pass.Forward(flat, new float[1]);
        return pass.Outputs[0]; // NG0201
    }
}

//# teacher-that-nobody-learns-from
//: Two passes side by side, and neither trains: the second only measures the loss against the first.
namespace Sample;

public static class Agreement
{
    public static float Distance(DigitNet first, DigitNet second, float[] images)
    {
        var a = first.BeginTraining(8);
        var b = second.BeginTraining(8);
        a.Forward(images, new int[8]);
        return b.Forward(images, a.Outputs); // NG0201
    }
}
