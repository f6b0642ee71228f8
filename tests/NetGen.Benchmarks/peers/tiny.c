/*
 * The reference network tiny, 8-16-16-1 with ReLU, for one sample: by hand, with AVX-512. Built and called by TinySuite.cs.
 *
 * p holds the parameters as NetGen stores them: for each layer the weights, input by input, then the biases.
 */
#include <immintrin.h>

enum { B1 = 8 * 16, W2 = B1 + 16, B2 = W2 + 16 * 16, W3 = B2 + 16, B3 = W3 + 16 };

static inline __m512 relu(__m512 a) { return _mm512_max_ps(a, _mm512_setzero_ps()); }

/* Four inputs of the second layer, each with a sum of its own: a quarter of a vector in all quarters, then each of its lanes in all lanes. */
#define FOUR(j)                                                                                              \
    {                                                                                                        \
        __m512 q = _mm512_shuffle_f32x4(a, a, 0x55 * (j));                                                   \
        s0 = _mm512_fmadd_ps(_mm512_permute_ps(q, 0x00), _mm512_loadu_ps(p + W2 + 64 * (j)), s0);            \
        s1 = _mm512_fmadd_ps(_mm512_permute_ps(q, 0x55), _mm512_loadu_ps(p + W2 + 64 * (j) + 16), s1);       \
        s2 = _mm512_fmadd_ps(_mm512_permute_ps(q, 0xaa), _mm512_loadu_ps(p + W2 + 64 * (j) + 32), s2);       \
        s3 = _mm512_fmadd_ps(_mm512_permute_ps(q, 0xff), _mm512_loadu_ps(p + W2 + 64 * (j) + 48), s3);       \
    }

__attribute__((noinline)) void tiny_predict(const float *x, const float *p, float *y)
{
    __m512 a = _mm512_loadu_ps(p + B1), b = _mm512_setzero_ps();
    for (int k = 0; k < 8; k += 2) {
        a = _mm512_fmadd_ps(_mm512_set1_ps(x[k]), _mm512_loadu_ps(p + 16 * k), a);
        b = _mm512_fmadd_ps(_mm512_set1_ps(x[k + 1]), _mm512_loadu_ps(p + 16 * k + 16), b);
    }
    a = relu(_mm512_add_ps(a, b));

    __m512 s0 = _mm512_loadu_ps(p + B2), s1 = _mm512_setzero_ps(), s2 = s1, s3 = s1;
    FOUR(0) FOUR(1) FOUR(2) FOUR(3)
    a = relu(_mm512_add_ps(_mm512_add_ps(s0, s1), _mm512_add_ps(s2, s3)));

    a = _mm512_mul_ps(a, _mm512_loadu_ps(p + W3));
    __m256 half = _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    sum = _mm_add_ss(sum, _mm_movehdup_ps(sum));
    y[0] = _mm_cvtss_f32(sum) + p[B3];
}

/* The same sample again and again. */
void tiny_repeat(const float *x, const float *p, float *y, int count)
{
    for (int i = 0; i < count; i++) {
        tiny_predict(x, p, y);
        __asm__ volatile("" ::: "memory");
    }
}

/* Each result is an input of the next call. */
void tiny_feed(float *x, const float *p, float *y, int count)
{
    for (int i = 0; i < count; i++) {
        tiny_predict(x, p, y);
        __asm__ volatile("" ::: "memory");
        x[0] = y[0];
    }
}
